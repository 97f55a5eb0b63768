package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.Problems.problem;
import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad input ends in a problem that names the field; one leaf where a decision was made. */
class BadInputIT {
  private static final String GOOD = tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final byte[] CAT = sample("chelsea.jpg");
  private final TestHost host = TestHost.get();

  @Test
  void noTokenIs401() {
    problem(parts(host.anonymous(), CAT, GOOD).post("/v1/analyses"), 401, "UNAUTHENTICATED");
  }

  @Test
  void aTamperedTokenIs401() {
    String token = host.token("demo", Set.of("caller"));
    String tampered =
        token.substring(0, token.length() - 12) + "AAAA" + token.substring(token.length() - 8);
    problem(
        parts(host.anonymous().auth().oauth2(tampered), CAT, GOOD).post("/v1/analyses"),
        401,
        "UNAUTHENTICATED");
  }

  @Test
  @Tag("R45")
  void theWrongRoleIs403() {
    problem(parts(host.as("auditor"), CAT, GOOD).post("/v1/analyses"), 403, "ROLE_MISSING");
    problem(host.as("caller").get("/v1/audit/entries"), 403, "ROLE_MISSING");
  }

  @Test
  void anUnknownCapabilityIs404WithALeaf() {
    problem(analyse(GOOD.replace("image-tagging", "mind-reading")), 404, "CAPABILITY_UNKNOWN")
        .body("field", equalTo("request.capability"))
        .body("receipt.index", notNullValue());
  }

  @Test
  @Tag("R11")
  void anUnknownPurposeIs403WithALeaf() {
    problem(
            analyse(GOOD.replace("accessibility-captions", "idle-curiosity")),
            403,
            "PURPOSE_UNKNOWN")
        .body("receipt.index", notNullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[]} | request.labels",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\",\"a\"]} | request.labels",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"\"]} | request.labels[0]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\",7]} | request.labels[1]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\\u0000b\"]} | request.labels[0]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\\ud800\"]} | request.labels[0]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":null} | request.labels",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"text\":\"b\"} | request",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\"} | request",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"parents\":{\"\":\"\"}}} | request",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"parents\":{\"a\":\"\"}}} | request.options.parents.a",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"parents\":{\"a\":\"b\",\"b\":\"a\"}}} | request.options.parents",
        "{\"purpose\":\"p\",\"labels\":[\"a\"]} | request.capability",
        "{\"capability\":\"image-tagging\",\"labels\":[\"a\"]} | request.purpose",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"embedding\":[1]} | request.embedding",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"area\":\"moon\"} | request.area",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"topK\":0}} | request.options.topK",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"topK\":1.5}} | request.options.topK",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"threshold\":2}} | request.options.threshold",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"templates\":[\"no slot\"]}} | request.options.templates[0]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"options\":{\"softPrompt\":[1]}} | request.options.softPrompt",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"subjects\":[\"\"]} | request.subjects[0]",
        "{\"capability\":\"image-tagging\",\"purpose\":\"p\",\"labels\":[\"a\"],\"jurisdictions\":[\"Mars\"]} | request.jurisdictions[0]",
        "{\"purpose\":\"p\",\"purpose\":\"q\"} | request",
        "{\"purpose\": | request",
        "[] | request",
        "{} {} | request"
      })
  @Tag("R14")
  void namesTheFieldToMend(String json, String field) {
    problem(analyse(json), 400, "INVALID_REQUEST").body("field", equalTo(field));
  }

  @Test
  @Tag("R13")
  void tooManyOrTooLongLabelsAre400() {
    problem(
            analyse(labels(IntStream.range(0, 10_001).mapToObj(i -> "label " + i))),
            400,
            "INVALID_REQUEST")
        .body("field", equalTo("request.labels"));
    problem(analyse(labels(java.util.stream.Stream.of("x".repeat(10_000)))), 400, "INVALID_REQUEST")
        .body("field", equalTo("request.labels[0]"));
  }

  @Test
  void duplicateUnknownAndMissingPartsAre400() {
    problem(
            parts(host.as("caller"), CAT, GOOD)
                .multiPart("request", GOOD, "application/json")
                .post("/v1/analyses"),
            400,
            "INVALID_REQUEST")
        .body("field", equalTo("request"));
    problem(
        parts(host.as("caller"), CAT, GOOD).multiPart("extra", "x").post("/v1/analyses"),
        400,
        "INVALID_REQUEST");
    problem(
            host.as("caller").multiPart("image", "image", CAT).post("/v1/analyses"),
            400,
            "INVALID_REQUEST")
        .body("field", equalTo("request"));
  }

  @Test
  void aBodyThatIsNoMultipartIs415() {
    problem(
        host.as("caller").contentType("application/json").body(GOOD).post("/v1/analyses"),
        415,
        "MEDIA_TYPE_UNSUPPORTED");
  }

  @Test
  void aMultipartBodyWithoutBoundaryIs4xx() {
    int status =
        host.as("caller")
            .header("Content-Type", "multipart/form-data")
            .body("nonsense".getBytes(StandardCharsets.UTF_8))
            .post("/v1/analyses")
            .then()
            .contentType("application/problem+json")
            .extract()
            .statusCode();
    assertTrue(status >= 400 && status < 500, "was " + status);
  }

  @Test
  @Tag("R25")
  void tiedOrPreTickedConsentIsRefused() {
    String consent =
        """
        {"subject":"s","purpose":"accessibility-captions","kind":"regular",
         "notice":{"id":"n","language":"en"}%s}""";
    problem(consent(consent.formatted(",\"preselected\":true")), 400, "INVALID_REQUEST")
        .body("field", equalTo("request.preselected"));
    problem(
            consent(consent.formatted("").replace("\"accessibility-captions\"", "[\"a\",\"b\"]")),
            400,
            "INVALID_REQUEST")
        .body("field", equalTo("request.purpose"));
    problem(
            consent(consent.formatted(",\"validUntil\":\"2020-01-01T00:00:00Z\"")),
            400,
            "INVALID_REQUEST")
        .body("field", equalTo("request.validUntil"));
  }

  @Test
  @Tag("R39")
  void neitherLeavesNorProblemsHoldWhatWasAsked() {
    String secret = "zyzzogeton";
    String subject = "jane.doe@example.com";
    long from = treeSize();
    String request =
        """
        {"capability":"image-tagging","purpose":"accessibility-captions","area":"home",
         "subjects":["%s"],"labels":["%s","dog"]}"""
            .formatted(subject, secret);
    String answer = analyse(request).asString();
    assertFalse(answer.contains(subject) || answer.contains(secret));
    String leaves = host.as("auditor").queryParam("from", from).get("/v1/audit/entries").asString();
    assertTrue(leaves.contains("\"kind\":\"analysis\""));
    assertFalse(leaves.contains(secret) || leaves.contains("jane") || leaves.contains("@example"));
  }

  @Test
  @Tag("R34")
  void onlyDecisionsLeaveALeaf() {
    long before = treeSize();
    analyse("{}").then().statusCode(400);
    assertEquals(before, treeSize(), "a malformed request is no decision");
    parts(host.as("caller"), new byte[] {1, 2, 3}, GOOD).post("/v1/analyses");
    assertEquals(before + 1, treeSize(), "a refused image is one");
  }

  private io.restassured.response.Response analyse(String request) {
    return parts(host.as("caller"), CAT, request).post("/v1/analyses");
  }

  private io.restassured.response.Response consent(String json) {
    return host.as("caller").contentType("application/json").body(json).post("/v1/consents");
  }

  private long treeSize() {
    return Long.parseLong(host.anonymous().get("/log/checkpoint").asString().split("\n")[1]);
  }

  private static String labels(java.util.stream.Stream<String> labels) {
    return tagging(
        "accessibility-captions",
        "home",
        labels.map(label -> "\"" + label + "\"").collect(Collectors.joining(",")));
  }

  private static RequestSpecification parts(RequestSpecification as, byte[] image, String request) {
    return as.multiPart("image", "image", image).multiPart("request", request, "application/json");
  }
}
