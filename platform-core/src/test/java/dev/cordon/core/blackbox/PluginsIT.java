package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.PluginPackages.PURPOSE;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.SigningKey;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of strangers from a signed archive to an answer, and out of service again. */
class PluginsIT {
  @TempDir static Path folder;
  private static HostProcess host;
  private static PluginPackages packages;
  private static PluginClient client;

  @BeforeAll
  static void start() throws Exception {
    Path data = folder.resolve("data");
    packages = new PluginPackages(data);
    host = HostProcess.start(data);
    client = new PluginClient(host, packages);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  @Tag("R52")
  void aPackageAnswersOnceTwoPersonsAndAnEvaluationStandBehindIt() throws Exception {
    String digest =
        client.install("ines", packages.labelMatch("1.0.0", "0")).extract().path("plugin.digest");
    client.decide("eva", digest, "enable").statusCode(409).body("code", equalTo("CONFLICT"));
    assertEquals("CAPABILITY_UNKNOWN", client.ask("label-match").path("code"));

    byte[] report = packages.evaluation(digest, Outcome.PASSED);
    client.review("ines", digest, report).statusCode(200);
    client.decide("eva", digest, "enable").statusCode(403).body("code", equalTo("FOUR_EYES"));
    client.review("eva", digest, report).statusCode(200);
    client.decide("eva", digest, "enable").statusCode(403).body("code", equalTo("FOUR_EYES"));
    client.review("rolf", digest, report).statusCode(200).body("plugin.state", equalTo("reviewed"));
    client
        .decide("eva", digest, "enable", "no-such")
        .statusCode(409)
        .body("field", equalTo("request.purpose"));
    String evaluation =
        client
            .decide("eva", digest, "enable")
            .statusCode(200)
            .body("plugin.purposes", equalTo(List.of(PURPOSE)))
            .extract()
            .path("plugin.evaluations[0]");

    Response answer = client.ask("label-match");
    assertEquals(200, answer.statusCode(), answer.asString());
    assertEquals("cat", answer.path("findings[0].label"));
    assertEquals("CAPABILITY_UNKNOWN", client.ask("label-match", "shelf-check").path("code"));
    assertEquals("CAPABILITY_UNKNOWN", client.askFrom("elsewhere").path("code"), "another tenant");
    Map<String, Object> enabling = client.leaves("plugin-enabled").getLast();
    assertEquals("label-match@1.0.0:" + digest, enabling.get("plugin"));
    assertEquals(List.of("purpose:" + PURPOSE, "evaluation:" + evaluation), enabling.get("rules"));
    assertEquals(1, ((List<?>) enabling.get("subjects")).size());
    client
        .as("caller", "caller")
        .get("/v1/plugins")
        .then()
        .body("plugins.capability", hasItem("label-match"));
    client.remove("eva", digest).statusCode(409);
    client.decide("ines", digest, "disable").statusCode(200);
    assertEquals(404, client.ask("label-match").statusCode());
    client.remove("ines", digest).statusCode(200).body("plugin.state", equalTo("removed"));
    client.decide("eva", digest, "enable").statusCode(409);
    client.review("rolf", digest, report).statusCode(404);
    assertTrue(client.leaves("plugin-removed").size() > 0);
  }

  @Test
  @Tag("R52")
  void anEvaluationIsTheEvaluatorsAboutThisPackageAndPassed() throws Exception {
    String digest =
        client.install("ines", packages.labelMatch("1.1.0", "0")).extract().path("plugin.digest");
    refused(digest, packages.evaluation("f".repeat(64), Outcome.PASSED), "OTHER_PACKAGE");
    refused(digest, packages.evaluation(digest, Outcome.FAILED), "EVALUATION_FAILED");
    refused(
        digest,
        PluginPackages.evaluation(digest, Outcome.PASSED, SigningKey.generate()),
        "STRANGER");
    refused(digest, new byte[0], "UNSIGNED");
    refused(digest, packages.ownEvaluation(host.data(), digest), "OWN_EVALUATION");
    Files.delete(host.data().resolve("plugins/evaluators/lab.own.pub"));
    assertEquals("installed", client.entry(digest).get("state"));
    client.remove("ines", digest).statusCode(200);
  }

  private static void refused(String digest, byte[] report, String reason) throws Exception {
    client
        .review("rolf", digest, report)
        .statusCode(422)
        .body("code", equalTo("EVALUATION_REFUSED"))
        .body("detail", containsString(reason));
    assertEquals(reason, client.leaves("plugin-refused").getLast().get("code"));
  }

  @Test
  @Tag("R52")
  void aNewerPackageTakesOverAndTheOlderComesBack() throws Exception {
    String old = client.enabled(packages.labelMatch("2.0.0", "0"));
    String next = client.reviewed(packages.labelMatch("2.1.0", "1"));
    client.decide("eva", next, "enable").statusCode(409);
    client.decide("eva", old, "rollback").statusCode(409);
    assertEquals("cat", client.ask("label-match").path("findings[0].label"));
    client.decide("eva", next, "replace").statusCode(200);
    assertEquals(0, client.ask("label-match").<List<?>>path("findings").size());
    client.decide("rolf", next, "rollback").statusCode(403).body("code", equalTo("FOUR_EYES"));
    client.decide("eva", next, "rollback").statusCode(200).body("plugin.digest", equalTo(next));
    assertEquals("cat", client.ask("label-match").path("findings[0].label"));
    assertEquals(
        "label-match@2.0.0:" + old, client.leaves("plugin-rolled-back").getLast().get("plugin"));
    client.decide("eva", old, "disable").statusCode(200);
    client.remove("eva", old).statusCode(200);
    client.remove("eva", next).statusCode(200);
  }

  @Test
  @Tag("R52")
  void eachPurposeHasItsOwnVersionForClientsOfTheInferenceProtocolToo() throws Exception {
    String old = client.enabled(packages.labelMatch("3.0.0", "0"));
    String next = client.reviewed(packages.labelMatch("3.1.0", "1"));
    client.decide("eva", next, "enable", "shelf-check").statusCode(200);

    client
        .as("caller", "caller")
        .get("/v2/models/label-match")
        .then()
        .body("versions", containsInAnyOrder("3.0.0", "3.1.0"));
    infer("", PURPOSE).statusCode(200).body("model_version", equalTo("3.0.0"));
    infer("", "shelf-check").statusCode(200).body("model_version", equalTo("3.1.0"));
    infer("/versions/3.1.0", "shelf-check")
        .statusCode(200)
        .body("parameters.plugin", equalTo("label-match@3.1.0"));
    infer("/versions/3.1.0", PURPOSE)
        .statusCode(404)
        .body("field", equalTo("model_version"))
        .body("receipt.index", notNullValue());
    infer("/versions/9.0.0", PURPOSE).statusCode(404);

    client.decide("eva", old, "disable").statusCode(200);
    client.decide("eva", next, "disable", "shelf-check").statusCode(200);
    client.remove("eva", old).statusCode(200);
    client.remove("eva", next).statusCode(200);
  }

  private static ValidatableResponse infer(String version, String purpose) throws Exception {
    String image = Base64.getEncoder().encodeToString(TestHost.sample("chelsea.jpg"));
    return client
        .as("caller", "caller")
        .contentType("application/json")
        .body(
            """
            {"parameters":{"purpose":"%s","area":"retail"},"inputs":[
             {"name":"image","datatype":"BYTES","shape":[1],"data":["%s"]},
             {"name":"labels","datatype":"BYTES","shape":[1],"data":["cat"]}]}"""
                .formatted(purpose, image))
        .post("/v2/models/label-match" + version + "/infer")
        .then();
  }

  @Test
  void aPackageReadsPixelsOnlyIfItWasReviewedWithThatPermission() throws Exception {
    client
        .install(
            "ines",
            PluginPackages.zip(
                packages.sign(
                    PluginPackages.probe("1.5.0", "\"similarities\""),
                    PluginPackages.module("pixels"))))
        .statusCode(422)
        .body("detail", containsString("IMPORT"));
    // Another id would do; this one had fewer permissions before, so it must be new here.
    String manifest =
        PluginPackages.probe("1.0.0", "\"pixels\"")
            .replace("\"id\": \"probe\"", "\"id\": \"reader\"");
    String digest =
        client.enabled(
            PluginPackages.zip(packages.sign(manifest, PluginPackages.module("pixels"))));

    Response answer = client.ask("probe");

    assertEquals(200, answer.statusCode(), answer.asString());
    assertEquals("red", answer.path("findings[0].label"));
    assertTrue(answer.<Float>path("findings[0].score") > 0, answer.asString());
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }

  @Test
  @Tag("R52")
  void removingAPackageFirstIsNoWayAroundAReviewOfMorePermissions() throws Exception {
    String digest =
        client
            .install("ines", packages.hostile("invented", "4.0.0"))
            .extract()
            .path("plugin.digest");
    client.remove("ines", digest).statusCode(200);

    client
        .install(
            "ines",
            PluginPackages.zip(
                packages.sign(
                    PluginPackages.probe("4.1.0", "\"pixels\""), PluginPackages.module("pixels"))))
        .statusCode(422)
        .body("detail", containsString("PERMISSIONS_GROWN"));
  }

  @Test
  @Tag("R52")
  void theKillSwitchStopsAPluginThatCameWithTheHostToo() throws Exception {
    client.pull("eva", "no-such-plugin", "kill").statusCode(404);
    client.pull("eva", "image-tagging", "revive").statusCode(409);
    assertEquals(200, client.ask("image-tagging").statusCode());
    client
        .as("olga", "operator")
        .post("/v1/plugins/image-tagging/kill")
        .then()
        .statusCode(200)
        .body("killed", equalTo(true));
    Response stopped = client.ask("image-tagging");
    assertEquals(503, stopped.statusCode());
    assertTrue(stopped.path("receipt.index") != null);
    client
        .as("caller", "caller")
        .get("/v1/plugins")
        .then()
        .body("plugins.capability", not(hasItem("image-tagging")));
    client.pull("olga", "image-tagging", "revive").statusCode(403);
    client.pull("eva", "image-tagging", "revive").statusCode(200);
    assertEquals(200, client.ask("image-tagging").statusCode());
    client
        .as("caller", "caller")
        .post("/v1/plugins/image-tagging/kill")
        .then()
        .statusCode(403)
        .body("code", equalTo("ROLE_MISSING"));
  }
}
