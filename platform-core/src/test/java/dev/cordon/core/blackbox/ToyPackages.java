package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;

import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.signing.SigningKey;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Toy packages in a host's data folder, and the persons who put them into service. */
final class ToyPackages {
  static final Path FAMILIES =
      HostProcess.ROOT.resolve("models").resolve("testdata").resolve("families");

  private ToyPackages() {}

  /** A family in miniature, signed with a key that the host trusts and with papers complete. */
  static Path install(Path data, String family) throws Exception {
    return install(data, family, family, manifest -> manifest);
  }

  /** As above under another name and with a changed manifest. */
  static Path install(Path data, String family, String name, UnaryOperator<String> change)
      throws Exception {
    Path folder = Files.createDirectories(data.resolve("models").resolve(name));
    try (Stream<Path> files = Files.list(FAMILIES.resolve(family))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, change.apply(Files.readString(manifest)));
    SigningKey key = SigningKey.generate();
    Sealing.seal(folder, key, Optional.of(List.of(new Metric("top-1", "0.01", "nothing"))));
    Path trust = Files.createDirectories(data.resolve("trust"));
    Files.writeString(trust.resolve(name + ".pub"), key.publicHalf().pem());
    return folder;
  }

  static Response stage(HostProcess host, String who, String name) throws IOException {
    return as(host, who, "demo", "model-steward")
        .contentType("application/json")
        .body("{\"name\":\"" + name + "\"}")
        .post(host.url() + "/v1/models");
  }

  static Response decide(HostProcess host, String who, String digest, String what)
      throws IOException {
    return as(host, who, "demo", "model-steward")
        .post(host.url() + "/v1/models/" + digest + "/" + what);
  }

  /** Stages by one person and activates by another; returns the digest. */
  static String switchTo(HostProcess host, String name) throws IOException {
    String digest =
        stage(host, "alice", name).then().statusCode(201).extract().path("model.digest");
    decide(host, "bob", digest, "activation").then().statusCode(200);
    return digest;
  }

  /** Both serve, and nothing else: the model and the package of a further task. */
  static void requireBeside(HostProcess host, String model, String further, String task)
      throws IOException {
    as(host, "demo", "demo", "auditor")
        .get(host.url() + "/v1/models")
        .then()
        .statusCode(200)
        .body(
            "models.findAll { it.serving && it.state == 'active' }.digest",
            containsInAnyOrder(model, further))
        .body("models.task", containsInAnyOrder("image-text-similarity", task));
  }

  /** What the leaf of an answer says of the models that ran. */
  static String leafModel(HostProcess host, ValidatableResponse answer) throws IOException {
    return leafModel(host, "demo", answer);
  }

  static String leafModel(HostProcess host, String tenant, ValidatableResponse answer)
      throws IOException {
    int index = answer.extract().path("receipt.index");
    return as(host, "demo", tenant, "auditor")
        .queryParam("from", index)
        .queryParam("limit", 1)
        .get(host.url() + "/v1/audit/entries")
        .path("entries[0].leaf.model");
  }

  static Response analyse(HostProcess host, String tenant, String request) throws IOException {
    return as(host, "demo", tenant, "caller")
        .multiPart("image", "image", sample("chelsea.jpg"))
        .multiPart("request", request, "application/json")
        .post(host.url() + "/v1/analyses");
  }

  static RequestSpecification as(HostProcess host, String who, String tenant, String role)
      throws IOException {
    String token = DemoIdentity.open(host.data()).token(who, tenant, Set.of(role), "cordon");
    return given().auth().oauth2(token);
  }
}
