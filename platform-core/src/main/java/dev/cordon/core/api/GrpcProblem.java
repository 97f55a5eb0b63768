package dev.cordon.core.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.problem.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Problems as gRPC tells them: a status that stands for the HTTP one, the words of the problem, and
 * in the trailers its code and the body that HTTP callers get.
 */
@Singleton
public class GrpcProblem {
  static final String CODE = "cordon-code";
  static final String BODY = "cordon-problem-bin";

  private static final Metadata.Key<String> CODE_KEY =
      Metadata.Key.of(CODE, Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> BODY_KEY =
      Metadata.Key.of(BODY, Metadata.BINARY_BYTE_MARSHALLER);

  /** Clients take 8 kB of trailers, and the body travels in Base64. */
  private static final int MOST_BYTES = 4_500;

  private final ObjectMapper json;

  GrpcProblem(ObjectMapper json) {
    this.json = json;
  }

  /** The one table from HTTP statuses, which the codes have, to statuses of gRPC. */
  static Status.Code status(int http) {
    return switch (http) {
      case 400, 406, 415, 422 -> Status.Code.INVALID_ARGUMENT;
      case 401 -> Status.Code.UNAUTHENTICATED;
      case 403 -> Status.Code.PERMISSION_DENIED;
      case 404 -> Status.Code.NOT_FOUND;
      case 405 -> Status.Code.UNIMPLEMENTED;
      case 409 -> Status.Code.FAILED_PRECONDITION;
      case 413, 429 -> Status.Code.RESOURCE_EXHAUSTED;
      case 503 -> Status.Code.UNAVAILABLE;
      case 504 -> Status.Code.DEADLINE_EXCEEDED;
      default -> Status.Code.INTERNAL;
    };
  }

  /** The end of a call whose service has begun. */
  public StatusRuntimeException of(Problem problem) {
    Metadata trailers = new Metadata();
    trailers.put(CODE_KEY, problem.code());
    trailers.put(BODY_KEY, body(problem));
    return status(problem.status())
        .toStatus()
        .withDescription(ProblemBody.of(problem).inWords())
        .asRuntimeException(trailers);
  }

  static boolean isGrpc(RoutingContext call) {
    String type = call.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("application/grpc");
  }

  /** The whole answer to a call that reaches no service: headers that are trailers too. */
  void answer(RoutingContext call, Problem problem) {
    call.response()
        .setStatusCode(200)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
        .putHeader("grpc-status", Integer.toString(status(problem.status()).value()))
        .putHeader("grpc-message", percent(ProblemBody.of(problem).inWords()))
        .putHeader(CODE, problem.code())
        .putHeader(BODY, Base64.getEncoder().withoutPadding().encodeToString(body(problem)))
        .end();
  }

  private byte[] body(Problem problem) {
    ProblemBody body = ProblemBody.of(problem);
    byte[] whole = write(body);
    return whole.length <= MOST_BYTES ? whole : write(body.withoutDecision());
  }

  private byte[] write(ProblemBody body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem has no JSON", e);
    }
  }

  /** Percent-encoding as gRPC has it for messages: all but printable ASCII, and the sign itself. */
  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= ' ' && one <= '~' && one != '%') {
        encoded.append((char) one);
      } else {
        encoded.append("%%%02X".formatted(one));
      }
    }
    return encoded.toString();
  }
}
