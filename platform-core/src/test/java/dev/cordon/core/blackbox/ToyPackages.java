package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;

import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.signing.SigningKey;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Toy packages in a host's data folder, and the persons who put them into service. */
final class ToyPackages {
  static final Path FAMILIES =
      HostProcess.ROOT.resolve("models").resolve("testdata").resolve("families");

  private ToyPackages() {}

  /** A family in miniature, signed with a key that the host trusts and with papers complete. */
  static Path install(Path data, String family) throws Exception {
    Path folder = Files.createDirectories(data.resolve("models").resolve(family));
    try (Stream<Path> files = Files.list(FAMILIES.resolve(family))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    SigningKey key = SigningKey.generate();
    Sealing.seal(folder, key, Optional.of(List.of(new Metric("top-1", "0.01", "nothing"))));
    Path trust = Files.createDirectories(data.resolve("trust"));
    Files.writeString(trust.resolve(family + ".pub"), key.publicHalf().pem());
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
