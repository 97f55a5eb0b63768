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
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Problem bodies for what never reaches a resource: bodies that are too large and requests that are
 * not well-formed.
 */
@ApplicationScoped
class HttpEdge {
  /** Longest body that is read to its end though it is refused. */
  private static final long DRAINED = 256_000_000;

  private static final Pattern EMPTY_PART = Pattern.compile("(\\s|^)\\.|\\.\\.|\\.\\s*$");

  private final ObjectMapper json;
  private final GrpcProblem grpc;
  private final long maxBody;

  HttpEdge(
      ObjectMapper json,
      GrpcProblem grpc,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.json = json;
    this.grpc = grpc;
    this.maxBody = maxBody.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::refuseAddress);
    router.route().order(Integer.MIN_VALUE).handler(this::refuseLargeBody);
    router.route().order(Integer.MIN_VALUE).handler(HttpEdge::dropBrokenToken);
    router.route().order(Integer.MIN_VALUE).failureHandler(this::refuseMalformed);
  }

  /** The framework would answer these with an empty body; Launch tells it to let them through. */
  private void refuseAddress(RoutingContext call) {
    try {
      new URI(call.request().uri());
      call.next();
    } catch (URISyntaxException e) {
      answer(call, Problem.of(Code.INVALID_REQUEST, "the address is not well-formed"));
    }
  }

  private void refuseLargeBody(RoutingContext call) {
    String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !length.matches("[0-9]+") || size(length) <= maxBody) {
      call.next();
      return;
    }
    if (size(length) <= DRAINED) {
      // Read and dropped, so that a client that is still sending gets to see the answer.
      call.request().handler(dropped -> {});
    } else {
      call.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
    answer(call, Problem.of(Code.TOO_LARGE, "a body has at most " + maxBody + " bytes"));
  }

  /** A token with an empty part is none; the framework's reader would fail on it. */
  private static void dropBrokenToken(RoutingContext call) {
    String credentials = call.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (credentials != null && EMPTY_PART.matcher(credentials).find()) {
      call.request().headers().remove(HttpHeaders.AUTHORIZATION);
    }
    call.next();
  }

  private static long size(String length) {
    return length.length() > 15 ? Long.MAX_VALUE : Long.parseLong(length);
  }

  /** What HTTP itself forbids, such as a request without `Host`; no resource ever sees it. */
  private void refuseMalformed(RoutingContext call) {
    if (call.statusCode() == 400 && !call.response().headWritten()) {
      answer(call, Problem.of(Code.INVALID_REQUEST, "the request is not well-formed HTTP"));
    } else {
      call.next();
    }
  }

  void answer(RoutingContext call, Problem problem) {
    // The framework holds every request until somebody reads it.
    call.request().resume();
    if (GrpcProblem.isGrpc(call)) {
      grpc.answer(call, problem);
      return;
    }
    if (problem.status() == 503) {
      call.response().putHeader(HttpHeaders.RETRY_AFTER, ProblemBody.RETRY_SECONDS);
    }
    // Of an address that is none there is no path.
    ProblemBody body = ProblemBody.of(problem).at(call.request().uri().split("\\?", 2)[0]);
    try {
      call.response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
          .end(json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem has no JSON", e);
    }
  }
}
