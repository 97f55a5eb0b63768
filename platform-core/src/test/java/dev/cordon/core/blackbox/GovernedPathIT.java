package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.verify.ProofVerifier;
import io.restassured.response.ValidatableResponse;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real photographs through all ten hops. */
class GovernedPathIT {
  private static final String OBJECTS = "\"cat\",\"dog\",\"cup of coffee\",\"rocket\",\"flower\"";
  private final TestHost host = TestHost.get();

  @ParameterizedTest
  @CsvSource({
    "chelsea.jpg, cat",
    "coffee.jpg, cup of coffee",
    "rocket.jpg, rocket",
    "flower.jpg, flower"
  })
  void tagsAPhotograph(String photo, String label) {
    analyse(photo, tagging("accessibility-captions", "home", OBJECTS))
        .statusCode(200)
        .body("findings[0].type", equalTo("tag"))
        .body("findings[0].label", equalTo(label))
        .body("findings.label", hasItem("none of these"))
        .body("decision.effect", equalTo("permit"))
        .body("decision.bundle", matchesPattern("[0-9a-f]{64}"))
        .body("route.target", equalTo("edge"))
        .body("model.id", equalTo("starter-effnetlite2-minilm"))
        .body("model.digest", matchesPattern("[0-9a-f]{64}"))
        .body("model.description", startsWith("Starter encoder, not CLIP"))
        .body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
  }

  @Test
  void scoresAreProbabilitiesOverLabelsAndNone() {
    List<Float> scores =
        analyse("chelsea.jpg", tagging("accessibility-captions", "home", OBJECTS))
            .extract()
            .path("findings.score");
    assertEquals(6, scores.size());
    assertEquals(1, scores.stream().mapToDouble(Float::doubleValue).sum(), 1e-3);
  }

  @Test
  @Tag("R02")
  @Tag("R18")
  void refusesAnEmotionQuestionWithItsLegalReason() {
    analyse("astronaut.jpg", tagging("inventory-check", "retail", "\"happy woman\",\"sad woman\""))
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("BIOMETRIC_USE"))
        .body("decision.effect", equalTo("deny"))
        .body("decision.rules.references.flatten()", hasItem(matchesPattern(".*Art\\. 5\\(1\\).*")))
        .body("receipt.index", notNullValue());
  }

  @Test
  @Tag("R01")
  @Tag("R26")
  void noConsentOrRoleOverridesTheFloor() {
    String subject = "floor-" + System.nanoTime();
    consent(subject, "accessibility-captions", "explicit");
    host.as(
            "caller",
            "policy-author",
            "policy-approver",
            "privacy-officer",
            "auditor",
            "model-steward",
            "plugin-steward",
            "operator")
        .multiPart("image", "image", sample("astronaut.jpg"))
        .multiPart(
            "request",
            """
            {"capability":"image-tagging","purpose":"accessibility-captions","area":"home",
             "subjects":["%s"],"labels":["Christian","Muslim"]}"""
                .formatted(subject),
            "application/json")
        .post("/v1/analyses")
        .then()
        .statusCode(403)
        .body("code", equalTo("BIOMETRIC_USE"));
  }

  @Test
  @Tag("R11")
  void refusesAnUnknownPurpose() {
    analyse("coffee.jpg", tagging("world-domination", "retail", OBJECTS))
        .statusCode(403)
        .body("code", equalTo("PURPOSE_UNKNOWN"));
    analyse("coffee.jpg", tagging("inventory-check", "education", OBJECTS)).statusCode(403);
  }

  @Test
  @Tag("R23")
  @Tag("R24")
  void aWithdrawnConsentStopsTheNextCall() {
    String subject = "visitor-" + System.nanoTime();
    String request =
        """
        {"capability":"image-tagging","purpose":"accessibility-captions","area":"home",
         "subjects":["%s"],"labels":["cat","dog"]}"""
            .formatted(subject);
    analyse("chelsea.jpg", request).statusCode(403).body("code", equalTo("CONSENT_MISSING"));
    String id = consent(subject, "accessibility-captions", "regular").extract().path("id");
    analyse("chelsea.jpg", request).statusCode(200);
    host.as("caller").get("/v1/consents/" + id).then().body("status", equalTo("given"));
    host.as("caller")
        .post("/v1/consents/" + id + "/withdrawal")
        .then()
        .statusCode(200)
        .body("status", equalTo("withdrawn"));
    analyse("chelsea.jpg", request).statusCode(403).body("code", equalTo("CONSENT_MISSING"));
    host.as("privacy-officer")
        .get("/v1/consents/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo("withdrawn"));
  }

  @Test
  void anotherTenantSeesNoneOfIt() {
    String id =
        consent("s-" + System.nanoTime(), "accessibility-captions", "regular").extract().path("id");
    host.as("other", java.util.Set.of("caller")).get("/v1/consents/" + id).then().statusCode(404);
  }

  @Test
  @Tag("R46")
  void theReceiptIsProvenOffline() {
    ValidatableResponse answer =
        analyse("rocket.jpg", tagging("accessibility-captions", "home", OBJECTS)).statusCode(200);
    long index = answer.extract().jsonPath().getLong("receipt.index");
    String leafHash = answer.extract().path("receipt.leafHash");
    String proof = host.as("auditor").get("/v1/audit/proofs/" + index).asString();
    String vkey = host.anonymous().get("/log/vkey").asString().strip();
    assertTrue(ProofVerifier.verify(proof, HexFormat.of().parseHex(leafHash), vkey).ok());
    host.as("auditor")
        .queryParam("from", index)
        .queryParam("limit", 1)
        .get("/v1/audit/entries")
        .then()
        .statusCode(200)
        .body("entries[0].leafHash", equalTo(leafHash))
        .body("entries[0].leaf.effect", equalTo("permit"))
        .body("entries[0].leaf.plugin", matchesPattern("image-tagging@.*"));
  }

  @Test
  @Tag("R34")
  void aDryRunIsALeafToo() {
    long before = treeSize();
    host.as("policy-author")
        .contentType("application/json")
        .body(tagging("accessibility-captions", "home", "\"angry man\",\"calm man\""))
        .post("/v1/decisions")
        .then()
        .statusCode(200)
        .body("decision.effect", equalTo("deny"))
        .body("screening.verdict", equalTo("block"))
        .body("screening.hits.category", hasItem("emotion"))
        .body("screening.hits.where", everyItem(matchesPattern("(labels|options|text).*")));
    assertEquals(before + 1, treeSize());
  }

  private long treeSize() {
    return Long.parseLong(host.anonymous().get("/log/checkpoint").asString().split("\n")[1]);
  }

  private ValidatableResponse analyse(String photo, String request) {
    return host.analysis(sample(photo), request).post("/v1/analyses").then();
  }

  private ValidatableResponse consent(String subject, String purpose, String kind) {
    return host.as("privacy-officer")
        .contentType("application/json")
        .body(
            """
            {"subject":"%s","purpose":"%s","kind":"%s","notice":{"id":"notice-1","language":"en"}}"""
                .formatted(subject, purpose, kind))
        .post("/v1/consents")
        .then()
        .statusCode(201)
        .body("status", equalTo("given"));
  }
}
