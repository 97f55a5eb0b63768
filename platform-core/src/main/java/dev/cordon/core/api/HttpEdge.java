package dev.cordon.core.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Problem bodies for what never reaches a resource: bodies that are too large and addresses that do
 * not exist.
 */
@ApplicationScoped
class HttpEdge {
  /** Longest body that is read to its end though it is refused. */
  private static final long DRAINED = 256_000_000;

  private final ObjectMapper json;
  private final long maxBody;

  HttpEdge(
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.json = json;
    this.maxBody = maxBody.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::refuseLargeBody);
  }

  private void refuseLargeBody(RoutingContext call) {
    String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !length.matches("[0-9]+") || size(length) <= maxBody) {
      call.next();
      return;
    }
    if (size(length) <= DRAINED) {
      // Read and dropped, so that a client that is still sending gets to see the answer.
      call.request().handler(dropped -> {}).resume();
    } else {
      call.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
    answer(call, Problem.of(Code.TOO_LARGE, "a body has at most " + maxBody + " bytes"));
  }

  private static long size(String length) {
    return length.length() > 15 ? Long.MAX_VALUE : Long.parseLong(length);
  }

  private void answer(RoutingContext call, Problem problem) {
    try {
      call.response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
          .end(json.writeValueAsString(ProblemBody.of(problem)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem has no JSON", e);
    }
  }
}
