package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.PluginPackages.PURPOSE;
import static dev.cordon.core.blackbox.PluginPackages.TENANT;
import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;

import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.sandbox.evaluation.Result.Outcome;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The persons who look after the plugins of one host, and a caller of its tenant. */
record PluginClient(HostProcess host, PluginPackages packages) {
  RequestSpecification as(String who, String role) throws IOException {
    String token = DemoIdentity.open(host.data()).token(who, TENANT, Set.of(role), "cordon");
    return given().baseUri(host.url()).auth().oauth2(token);
  }

  ValidatableResponse install(String who, byte[] archive) throws IOException {
    return as(who, "plugin-steward")
        .contentType("application/zip")
        .body(archive)
        .post("/v1/plugins")
        .then();
  }

  ValidatableResponse review(String who, String digest, byte[] report) throws IOException {
    return as(who, "plugin-steward")
        .contentType("text/plain")
        .body(report)
        .post("/v1/plugins/" + digest + "/review")
        .then();
  }

  ValidatableResponse decide(String who, String digest, String what) throws IOException {
    return decide(who, digest, what, PURPOSE);
  }

  ValidatableResponse decide(String who, String digest, String what, String purpose)
      throws IOException {
    return as(who, "plugin-steward")
        .contentType("application/json")
        .body(Map.of("purpose", purpose))
        .post("/v1/plugins/" + digest + "/" + what)
        .then();
  }

  ValidatableResponse pull(String who, String name, String what) throws IOException {
    return as(who, "plugin-steward").post("/v1/plugins/" + name + "/" + what).then();
  }

  ValidatableResponse remove(String who, String digest) throws IOException {
    return as(who, "plugin-steward").delete("/v1/plugins/" + digest).then();
  }

  /** Installed by Ines and reviewed by Rolf; the digest. */
  String reviewed(byte[] archive) throws IOException {
    String digest = install("ines", archive).statusCode(201).extract().path("plugin.digest");
    review("rolf", digest, packages.evaluation(digest, Outcome.PASSED)).statusCode(200);
    return digest;
  }

  /** As above, and enabled by Eva. */
  String enabled(byte[] archive) throws IOException {
    String digest = reviewed(archive);
    decide("eva", digest, "enable").statusCode(200);
    return digest;
  }

  Response ask(String capability) throws IOException {
    return ask(capability, PURPOSE);
  }

  Response ask(String capability, String purpose) throws IOException {
    return ask(as("caller", "caller"), capability, purpose);
  }

  /** The same question from another tenant. */
  Response askFrom(String tenant) throws IOException {
    String token =
        DemoIdentity.open(host.data()).token("caller", tenant, Set.of("caller"), "cordon");
    RequestSpecification caller = given().baseUri(host.url()).auth().oauth2(token);
    return ask(caller, "label-match", PURPOSE);
  }

  private static Response ask(RequestSpecification caller, String capability, String purpose) {
    return caller
        .multiPart("image", "image", sample("chelsea.jpg"))
        .multiPart(
            "request",
            """
            {"capability":"%s","purpose":"%s","area":"retail","labels":["cat","teapot"]}"""
                .formatted(capability, purpose),
            "application/json")
        .post("/v1/analyses");
  }

  /** What the catalogue says of a package or plugin. */
  Map<String, Object> entry(String name) throws IOException {
    List<Map<String, Object>> all =
        as("auditor", "auditor").get("/v1/plugins/catalogue").then().extract().path("plugins");
    return all.stream()
        .filter(one -> name.equals(one.get("digest")) || name.equals(one.get("id")))
        .findFirst()
        .orElseThrow();
  }

  /** All leaves of a kind. */
  List<Map<String, Object>> leaves(String kind) throws IOException {
    List<Map<String, Object>> found = new java.util.ArrayList<>();
    int from = 0;
    while (true) {
      List<Map<String, Object>> page =
          as("auditor", "auditor")
              .get("/v1/audit/entries?from=" + from + "&limit=100")
              .then()
              .extract()
              .path("entries.leaf");
      page.stream().filter(leaf -> leaf.get("kind").equals(kind)).forEach(found::add);
      if (page.size() < 100) {
        return found;
      }
      from += 100;
    }
  }
}
