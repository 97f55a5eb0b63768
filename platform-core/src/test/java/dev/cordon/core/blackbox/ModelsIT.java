package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.signing.SigningKey;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages from a signed folder to an answer, over HTTP, with the files that really ship. */
class ModelsIT {
  private static final Path STARTER = HostProcess.ROOT.resolve("models").resolve("starter");

  @TempDir Path data;

  @Test
  @Tag("R47")
  @Tag("R48")
  @Tag("R50")
  void theShippedPackageIsActiveAndAnotherWaitsForTwoPersons() throws Exception {
    SigningKey key = SigningKey.generate();
    install(key, "other", Optional.of(List.of(new Metric("top-1", "0.5", "all"))));
    Path twin = install(key, "twin", Optional.of(List.of(new Metric("top-1", "0.4", "all"))));
    replace(twin, "\"version\": \"0-twin\"", "\"version\": \"0-other\"");
    replace(twin, "\"title\": \"", "\"title\": \"Another ");
    Sealing.seal(twin, key, Optional.of(List.of(new Metric("top-1", "0.4", "all"))));
    install(key, "unmeasured", Optional.of(List.of()));
    install(SigningKey.generate(), "stranger", Optional.empty());
    Files.delete(data.resolve("trust").resolve("stranger.pub"));
    try (HostProcess host = HostProcess.start(data)) {
      as(host, "demo", "caller")
          .get(host.url() + "/v1/models")
          .then()
          .statusCode(200)
          .body("models.size()", equalTo(1))
          .body("models[0].state", equalTo("active"))
          .body("models[0].serving", equalTo(true))
          .body("models[0].title", containsString("not CLIP"));
      String other = stage(host, "alice", "other", 201).extract().path("model.digest");
      stage(host, "bob", "other", 409).body("code", equalTo("CONFLICT"));
      stage(host, "alice", "nowhere", 404);
      stage(host, "alice", "stranger", 422).body("detail", containsString("not trusted"));
      stage(host, "alice", "twin", 422).body("detail", containsString("id and version"));
      decide(host, "alice", other, "activation", 403).body("code", equalTo("FOUR_EYES"));
      decide(host, "bob", other, "activation", 200)
          .body("model.state", equalTo("active"))
          .body("model.serving", equalTo(true));
      as(host, "demo", "caller")
          .get(host.url() + "/v1/models")
          .then()
          .body("models.findAll { it.state == 'active' }.version", equalTo(List.of("0-other")));
      decide(host, "bob", other, "activation", 409);
      decide(host, "alice", other, "retirement", 200).body("model.state", equalTo("retired"));
      String bare = stage(host, "alice", "unmeasured", 201).extract().path("model.digest");
      decide(host, "bob", bare, "activation", 422)
          .body("detail", containsString("performanceMetrics"));
      as(host, "demo", "caller")
          .post(host.url() + "/v1/models/" + other + "/activation")
          .then()
          .statusCode(403)
          .body("code", equalTo("ROLE_MISSING"));
      as(host, "demo", "auditor")
          .get(host.url() + "/v1/audit/entries")
          .then()
          .body("entries.leaf.kind", hasItems("model-activated", "model-staged", "model-retired"));
    }
  }

  @Test
  @Tag("R50")
  void aRetiredPackageNoLongerAnswersAndAReviewBringsItBack() throws Exception {
    try (HostProcess host = HostProcess.start(data)) {
      assertEquals(200, analyse(host));
      String digest =
          as(host, "demo", "caller").get(host.url() + "/v1/models").path("models[0].digest");
      decide(host, "alice", digest, "retirement", 200);
      assertEquals(503, analyse(host));
      assertEquals(503, given().get(host.url() + "/q/health/ready").statusCode());
      stage(host, "alice", "starter", 201);
      assertEquals(503, analyse(host));
      decide(host, "bob", digest, "activation", 200);
      assertEquals(200, analyse(host));
      assertEquals(200, given().get(host.url() + "/q/health/ready").statusCode());
    }
  }

  @Test
  @Tag("R47")
  @Tag("R50")
  void changedFilesAlarmARunningHostAndStopTheNextStart() throws Exception {
    Path served = copy(data.resolve("served"));
    List<String> jvm = List.of("-Dcordon.models.pack=" + served, "-Dcordon.models.recheck=PT0.2S");
    try (HostProcess host = HostProcess.start(data.resolve("host"), Map.of(), jvm)) {
      assertEquals(200, given().get(host.url() + "/q/health/ready").statusCode());
      Files.writeString(served.resolve("labels.json.bak"), "one file more");
      while (given().get(host.url() + "/q/health/ready").statusCode() == 200) {
        Thread.sleep(50);
      }
      assertTrue(host.output().contains("ALARM"), host.output());
      assertTrue(
          given().get(host.url() + "/q/metrics").asString().contains("cordon_models_intact 0.0"));
      as(host, "demo", "auditor")
          .get(host.url() + "/v1/audit/entries")
          .then()
          .body("entries.leaf.kind", hasItems("model-changed"));
      Files.delete(served.resolve("labels.json.bak"));
      while (given().get(host.url() + "/q/health/ready").statusCode() != 200) {
        Thread.sleep(50);
      }
      Files.writeString(served.resolve("labels.json.bak"), "one file more");
    }
    HostProcess.Ended refused =
        HostProcess.run(data.resolve("host"), Map.of(), jvm, "run", "--port", "0");
    assertEquals(1, refused.code(), refused.output());
    assertTrue(refused.output().contains("`labels.json.bak` is not signed"), refused.output());
  }

  @Test
  @Tag("R50")
  void whatTheHostBroughtAlongIsRunBeforeItIsActivated() throws Exception {
    SigningKey key = SigningKey.generate();
    Optional<List<Metric>> measured = Optional.of(List.of(new Metric("top-1", "0.5", "all")));
    Path served = install(key, "blind", measured);
    Path manifest = served.resolve("manifest.json");
    // A deviation so great that every picture is prepared as the same grey.
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"std\"\\s*:\\s*\\[[^]]*]", "\"std\": [1e9, 1e9, 1e9]"));
    Sealing.seal(served, key, measured);
    List<String> jvm = List.of("-Dcordon.models.pack=" + served);
    try (HostProcess host = HostProcess.start(data, Map.of(), jvm)) {
      assertEquals(503, given().get(host.url() + "/q/health/ready").statusCode());
      String digest =
          as(host, "demo", "caller").get(host.url() + "/v1/models").path("models[0].digest");
      decide(host, "bob", digest, "activation", 422)
          .body("code", equalTo("MODEL_REFUSED"))
          .body("detail", containsString("the same vector whatever it is given"));
      assertEquals(503, analyse(host));
    }
  }

  @Test
  @Tag("R50")
  void aChangedPackageIsStagedAgain() throws Exception {
    SigningKey key = SigningKey.generate();
    Path served = install(key, "mine", Optional.of(List.of(new Metric("top-1", "0.5", "all"))));
    HostProcess.start(data).close();
    List<String> jvm = List.of("-Dcordon.models.pack=" + served);
    try (HostProcess host = HostProcess.start(data, Map.of(), jvm)) {
      assertEquals(503, analyse(host));
      as(host, "demo", "caller")
          .get(host.url() + "/v1/models")
          .then()
          .body("models[0].state", equalTo("staged"))
          .body("models[0].serving", equalTo(false))
          .body("models[1].state", equalTo("active"));
    }
  }

  /** The starter under another version, signed with a key that the host trusts. */
  private Path install(SigningKey key, String name, Optional<List<Metric>> metrics)
      throws Exception {
    Path folder = copy(data.resolve("models").resolve(name));
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"0-" + name + "\""));
    Sealing.seal(folder, key, metrics);
    Path trust = Files.createDirectories(data.resolve("trust"));
    Files.writeString(trust.resolve(name + ".pub"), key.publicHalf().pem());
    return folder;
  }

  private static void replace(Path folder, String from, String to) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace(from, to));
  }

  private static Path copy(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(STARTER)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  private static ValidatableResponse stage(HostProcess host, String who, String name, int status)
      throws IOException {
    return as(host, who, "model-steward")
        .contentType("application/json")
        .body("{\"name\":\"" + name + "\"}")
        .post(host.url() + "/v1/models")
        .then()
        .statusCode(status);
  }

  private static ValidatableResponse decide(
      HostProcess host, String who, String digest, String what, int status) throws IOException {
    return as(host, who, "model-steward")
        .post(host.url() + "/v1/models/" + digest + "/" + what)
        .then()
        .statusCode(status);
  }

  private static int analyse(HostProcess host) throws IOException {
    return as(host, "demo", "caller")
        .multiPart("image", "image", sample("chelsea.jpg"))
        .multiPart(
            "request",
            tagging("accessibility-captions", "home", "\"cat\",\"dog\""),
            "application/json")
        .post(host.url() + "/v1/analyses")
        .statusCode();
  }

  private static RequestSpecification as(HostProcess host, String who, String role)
      throws IOException {
    String token = DemoIdentity.open(host.data()).token(who, "demo", Set.of(role), "cordon");
    return given().auth().oauth2(token);
  }
}
