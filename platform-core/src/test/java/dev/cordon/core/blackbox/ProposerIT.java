package dev.cordon.core.blackbox;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proposal model in miniature beside the starter: reviewed, asked by detection, in the leaf. */
class ProposerIT {
  private static final String DETECT = question("object-detection", "accessibility-captions");
  private static final String TAG = question("image-tagging", "accessibility-captions");

  /** A region of the toy's on the cat's face, in pixels of the photograph. */
  private static final List<Integer> PROPOSED = List.of(22, 15, 294, 241);

  @TempDir Path data;

  private static String question(String capability, String purpose) {
    return """
        {"capability":"%s","purpose":"%s","area":"home","labels":["cat"]}"""
        .formatted(capability, purpose);
  }

  @Test
  @Tag("R50")
  void detectionLooksAtWhatAPackageThatTwoPersonsPutThereProposes() throws Exception {
    ToyPackages.install(data, "proposer");
    strictTenant();
    String model;
    String proposer;
    try (HostProcess host = HostProcess.start(data)) {
      ValidatableResponse alone = ask(host, DETECT).statusCode(200);
      model = alone.extract().path("model.digest");
      requireAlone(host, model, alone);

      proposer = ToyPackages.switchTo(host, "proposer");
      ValidatableResponse answer =
          ask(host, DETECT)
              .statusCode(200)
              .body("findings[0].label", equalTo("cat"))
              .body("findings.box", hasItem(PROPOSED))
              .body("proposer.digest", equalTo(proposer))
              .body("proposer.id", equalTo("toy-proposer"))
              .body("model.digest", equalTo(model));
      assertEquals(model + "+" + proposer, ToyPackages.leafModel(host, answer));
      ToyPackages.requireBeside(host, model, proposer, "region-proposal");

      ValidatableResponse tags = ask(host, TAG).statusCode(200).body("proposer", nullValue());
      assertEquals(model, ToyPackages.leafModel(host, tags), "tagging asks for no proposals");
      ValidatableResponse strict =
          ToyPackages.analyse(host, "strict", question("object-detection", "stock")).then();
      requireAlone(host, model, strict.statusCode(200), "strict");
    }
    requireNoAnswerWithout(model, proposer);
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  /** A proposal model that is active but not there ends the calls that would ask it. */
  private void requireNoAnswerWithout(String model, String proposer) throws Exception {
    Files.move(data.resolve("models/proposer"), data.resolve("elsewhere"));
    try (HostProcess host = HostProcess.start(data)) {
      ask(host, TAG).statusCode(200);
      ask(host, DETECT)
          .statusCode(503)
          .body("code", equalTo("MODEL_UNAVAILABLE"))
          .body("receipt.index", notNullValue());
      ToyPackages.decide(host, "alice", proposer, "retirement").then().statusCode(200);
      requireAlone(host, model, ask(host, DETECT).statusCode(200));
    }
  }

  @Test
  @Tag("R47")
  @Tag("R49")
  void aPackageThatChangedOrLooksForFacesIsNotStaged() throws Exception {
    ToyPackages.install(
        data,
        "proposer",
        "faces",
        it -> it.replace("\"family\": \"toy\"", "\"family\": \"scrfd\""));
    Path graph =
        ToyPackages.install(data, "proposer", "changed", it -> it).resolve("proposals.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length - 1] ^= 1;
    Files.write(graph, bytes);
    ToyPackages.install(data, "proposer", "broken", ProposerIT::withoutAGraph);
    try (HostProcess host = HostProcess.start(data)) {
      requireRefused(host, "faces", "`family` names a model for face-detection");
      requireRefused(host, "changed", "proposals.onnx");
      requireRefused(host, "broken", "graph `model_card.md` cannot be loaded");
    }
  }

  private static String withoutAGraph(String manifest) {
    return manifest.replace("\"graph\": \"proposals.onnx\"", "\"graph\": \"model_card.md\"");
  }

  private static void requireRefused(HostProcess host, String name, String why) throws IOException {
    ToyPackages.stage(host, "alice", name)
        .then()
        .statusCode(422)
        .body("code", equalTo("MODEL_REFUSED"))
        .body("detail", containsString(why));
  }

  private static void requireAlone(HostProcess host, String model, ValidatableResponse answer)
      throws IOException {
    requireAlone(host, model, answer, "demo");
  }

  private static void requireAlone(
      HostProcess host, String model, ValidatableResponse answer, String tenant)
      throws IOException {
    answer
        .body("findings[0].label", equalTo("cat"))
        .body("findings.box", not(hasItem(PROPOSED)))
        .body("proposer", nullValue());
    assertEquals(model, ToyPackages.leafModel(host, tenant, answer));
  }

  /** A tenant whose licences are the starter's and not the toy's. */
  private void strictTenant() throws IOException {
    Files.writeString(
        Files.createDirectories(data.resolve("policy")).resolve("strict.yaml"),
        """
        pack: strict
        version: "1"
        kind: pack
        tenants:
          strict:
            licences: [Apache-2.0, CC-BY-4.0, MIT, LicenseRef-WordNet]
            purposes:
              stock: { legal_basis: legitimate_interests }
        rules:
          - id: strict-permit
            effect: permit
            stage: [admission, input, output]
            when: purpose.registered
            explanation: registered
        """);
  }

  private static ValidatableResponse ask(HostProcess host, String request) throws IOException {
    return ToyPackages.analyse(host, "demo", request).then();
  }
}
