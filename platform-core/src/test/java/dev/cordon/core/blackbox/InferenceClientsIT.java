package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.audit.verify.ProofVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Triton's own client asks over REST in JSON, over REST with binary tensors, and over gRPC. */
class InferenceClientsIT {
  private static final Path SCRIPTS = Path.of("src", "test", "oip").toAbsolutePath();
  private static final Path CLIENT = Path.of("target", "venv-tritonclient").toAbsolutePath();
  private static final TestHost HOST = TestHost.get();
  private static JsonNode results;

  @BeforeAll
  static void ask() throws IOException, InterruptedException {
    run(SCRIPTS.resolve("install"), CLIENT);
    String printed =
        run(
            CLIENT.resolve("bin").resolve("python"),
            SCRIPTS.resolve("ask.py"),
            URI.create(HOST.url()).getAuthority(),
            HOST.token("demo", Set.of("caller")),
            TestHost.SAMPLES.resolve("chelsea.jpg"));
    results = new ObjectMapper().readTree(printed.strip().lines().toList().getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "binary", "grpc"})
  void theServerAndItsModelsDescribeThemselves(String form) {
    JsonNode server = results.get(form).get("server");
    assertTrue(server.get("live").asBoolean() && server.get("ready").asBoolean());
    assertTrue(server.get("model").asBoolean());
    assertEquals("cordon", server.get("name").asText());
    assertEquals("[\"binary_tensor_data\"]", server.get("extensions").toString());
    assertEquals("[\"image\",\"labels\",\"text\"]", server.get("inputs").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "binary", "grpc"})
  void theAnswerIsThatOfTheApiWithAReceiptThatProves(String form) {
    JsonNode answer = results.get(form).get("answer");
    assertEquals("image-tagging", answer.get("model").asText());
    assertEquals("call 7", answer.get("id").asText());
    var api =
        HOST.analysis(
                TestHost.sample("chelsea.jpg"),
                TestHost.tagging("accessibility-captions", "home", "\"cat\",\"dog\""))
            .post("/v1/analyses")
            .jsonPath();
    List<String> labels = api.getList("findings.label");
    List<Float> scores = api.getList("findings.score", Float.class);
    for (int i = 0; i < labels.size(); i++) {
      assertEquals(labels.get(i), answer.get("labels").get(i).asText());
      assertEquals(scores.get(i), answer.get("scores").get(i).floatValue(), 1e-6f);
      assertEquals(labels.get(i), answer.get("findings").get(i).get("label").asText());
    }
    assertEquals(labels.size(), answer.get("boxes").size());
    JsonNode parameters = answer.get("parameters");
    assertEquals(api.getString("route.target"), parameters.get("route_target").asText());
    assertEquals(api.getString("model.digest"), parameters.get("model_digest").asText());
    assertTrue(parameters.get("decision").asText().contains("\"effect\":\"permit\""));
    String proof =
        HOST.as("auditor")
            .get("/v1/audit/proofs/" + parameters.get("receipt_index").asLong())
            .asString();
    byte[] leaf = HexFormat.of().parseHex(parameters.get("receipt_leaf_hash").asText());
    String vkey = HOST.anonymous().get("/log/vkey").asString().strip();
    assertTrue(ProofVerifier.verify(proof, leaf, vkey).ok());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "binary", "grpc"})
  void boxesAreATensorWhoseRowsAreTheFindings(String form) {
    JsonNode answer = results.get(form).get("boxes");
    assertFalse(answer.get("findings").isEmpty());
    for (int i = 0; i < answer.get("findings").size(); i++) {
      JsonNode finding = answer.get("findings").get(i);
      assertEquals("box", finding.get("type").asText());
      for (int j = 0; j < 4; j++) {
        assertEquals(
            finding.get("box").get(j).asDouble(), answer.get("boxes").get(i).get(j).asDouble());
      }
      assertEquals(finding.get("label").asText(), answer.get("labels").get(i).asText());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "denied,403,PERMISSION_DENIED,BIOMETRIC_USE",
    "anonymous,401,UNAUTHENTICATED,UNAUTHENTICATED",
    "purposeless,400,INVALID_ARGUMENT,INVALID_REQUEST at `parameters.purpose`",
    "unknown,404,NOT_FOUND,CAPABILITY_UNKNOWN at `model_name`",
    "outdated,404,NOT_FOUND,NOT_FOUND at `model_version`"
  })
  void refusalsSayWhyInTheClientsOwnWords(String ask, String http, String grpc, String words) {
    for (String form : List.of("json", "binary", "grpc")) {
      JsonNode refusal = results.get(form).get(ask);
      String status = form.equals("grpc") ? "StatusCode." + grpc : http;
      assertEquals(status, refusal.get("status").asText(), form);
      assertTrue(refusal.get("message").asText().startsWith(words), refusal.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "binary", "grpc"})
  void aModelIsAlsoAtTheAddressOfItsVersion(String form) {
    JsonNode version = results.get(form).get("version");
    assertTrue(version.get("ready").asBoolean());
    assertEquals(version.get("only"), version.get("again"));
    JsonNode there = version.get("answer");
    assertEquals(version.get("only"), there.get("version"));
    assertEquals(results.get(form).get("answer").get("findings"), there.get("findings"));
  }

  @Test
  void compressedBodiesAreRefusedByName() {
    JsonNode refusal = results.get("compressed");
    assertEquals("415", refusal.get("status").asText());
    assertTrue(refusal.get("message").asText().contains("Content-Encoding"), refusal.toString());
  }

  private static String run(Object... command) throws IOException, InterruptedException {
    List<String> words = List.of(command).stream().map(Object::toString).toList();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(words + " failed: " + output);
    }
    return output;
  }
}
