package dev.cordon.core.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code has a status of gRPC, and none but a fault is one there. */
class GrpcProblemTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAStatus(Code code) {
    boolean fault = GrpcProblem.status(code.status()) == Status.Code.INTERNAL;
    assertEquals(code == Code.INTERNAL, fault, code.name());
    boolean again = GrpcProblem.status(code.status()) == Status.Code.UNAVAILABLE;
    assertEquals(code.status() == 503, again, "clients try again what is unavailable");
  }

  @ParameterizedTest
  @EnumSource
  void theTrailersHoldTheCodeAndTheBodyOfTheApi(Code code) throws IOException {
    Problem problem = Problem.at("inputs.image", code, "a detail");
    StatusRuntimeException told = new GrpcProblem(JSON).of(problem);
    assertEquals(code.name() + " at `inputs.image`: a detail", told.getStatus().getDescription());
    Metadata trailers = told.getTrailers();
    assertEquals(
        code.name(),
        trailers.get(Metadata.Key.of("cordon-code", Metadata.ASCII_STRING_MARSHALLER)));
    JsonNode body =
        JSON.readTree(
            trailers.get(Metadata.Key.of("cordon-problem-bin", Metadata.BINARY_BYTE_MARSHALLER)));
    assertEquals(code.status(), body.get("status").asInt());
    assertEquals("inputs.image", body.get("field").asText());
    assertTrue(body.path("error").isMissingNode());
  }
}
