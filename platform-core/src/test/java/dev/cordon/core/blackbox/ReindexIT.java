package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection when another model answers than the one that made its vectors. */
class ReindexIT {
  private static final String FOR_PURPOSE = "{\"purpose\":\"accessibility-captions\"}";
  private static final String SEARCH =
      "{\"purpose\":\"accessibility-captions\",\"text\":\"a photo of a cat\"}";

  @TempDir Path data;

  @Test
  void vectorsOfAnotherModelDoNotAnswerUntilEveryItemIsSentAgain() throws Exception {
    install("other");
    try (HostProcess host = HostProcess.start(data)) {
      json(host, "{\"id\":\"kept\",\"purpose\":\"accessibility-captions\",\"area\":\"home\"}")
          .post(host.url() + "/v1/collections")
          .then()
          .statusCode(201);
      keep(host, "cat", "chelsea.jpg");
      keep(host, "cup", "coffee.jpg");
      search(host, 200).body("findings[0].item", equalTo("cat"));
      String digest = stage(host);
      steward(host, "bob")
          .post(host.url() + "/v1/models/" + digest + "/activation")
          .then()
          .statusCode(200);
      read(host)
          .body("state", equalTo("stale"))
          .body("waiting", equalTo(2))
          .body("model", not(equalTo(digest)));
      search(host, 409).body("code", equalTo("COLLECTION_STALE"));

      keep(host, "cat", "chelsea.jpg");
      read(host).body("state", equalTo("reindexing")).body("waiting", equalTo(1));
      search(host, 409);
      reindex(host, 409).body("code", equalTo("COLLECTION_STALE"));
      read(host).body("state", equalTo("reindexing"));

      keep(host, "cup", "coffee.jpg");
      reindex(host, 200)
          .body("verified", equalTo(2))
          .body("collection.state", equalTo("ready"))
          .body("collection.model", equalTo(digest));
      search(host, 200).body("findings", hasSize(2)).body("findings[0].item", equalTo("cat"));
      as(host, "demo", "auditor")
          .get(host.url() + "/v1/audit/entries")
          .then()
          .body("entries.leaf.kind", hasItem("collection-reindexed"));
    }
    // Without its key no vector of the database can be read, and the host says so.
    Files.writeString(data.resolve("collections").resolve("host.key"), "0".repeat(64) + "\n");
    try (HostProcess host = HostProcess.start(data)) {
      search(host, 503).body("code", equalTo("COLLECTION_UNAVAILABLE"));
      read(host).body("items", equalTo(2));
    }
  }

  private static void keep(HostProcess host, String item, String photo) throws IOException {
    as(host, "demo", "caller")
        .multiPart("image", "image", sample(photo))
        .multiPart("request", FOR_PURPOSE, "application/json")
        .put(host.url() + "/v1/collections/kept/items/" + item)
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse search(HostProcess host, int status) throws IOException {
    return json(host, SEARCH)
        .post(host.url() + "/v1/collections/kept/search")
        .then()
        .statusCode(status);
  }

  private static ValidatableResponse reindex(HostProcess host, int status) throws IOException {
    return as(host, "demo", "caller")
        .post(host.url() + "/v1/collections/kept/reindex")
        .then()
        .statusCode(status);
  }

  private static ValidatableResponse read(HostProcess host) throws IOException {
    return as(host, "demo", "caller")
        .get(host.url() + "/v1/collections/kept")
        .then()
        .statusCode(200);
  }

  private static String stage(HostProcess host) throws IOException {
    return steward(host, "alice")
        .contentType("application/json")
        .body("{\"name\":\"other\"}")
        .post(host.url() + "/v1/models")
        .then()
        .statusCode(201)
        .extract()
        .path("model.digest");
  }

  private static RequestSpecification steward(HostProcess host, String who) throws IOException {
    return as(host, who, "model-steward");
  }

  private static RequestSpecification json(HostProcess host, String body) throws IOException {
    return as(host, "demo", "caller").contentType("application/json").body(body);
  }

  private static RequestSpecification as(HostProcess host, String who, String role)
      throws IOException {
    return given()
        .auth()
        .oauth2(DemoIdentity.open(host.data()).token(who, "demo", Set.of(role), "cordon"));
  }

  /** The starter under another version, signed with a key that the host trusts. */
  private void install(String name) throws Exception {
    SigningKey key = SigningKey.generate();
    Path folder = Files.createDirectories(data.resolve("models").resolve(name));
    try (Stream<Path> files = Files.list(HostProcess.ROOT.resolve("models").resolve("starter"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"0-" + name + "\""));
    Sealing.seal(folder, key, Optional.of(List.of(new Metric("top-1", "0.5", "all"))));
    Path trust = Files.createDirectories(data.resolve("trust"));
    Files.writeString(trust.resolve(name + ".pub"), key.publicHalf().pem());
  }
}
