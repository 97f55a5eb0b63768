package dev.cordon.core.blackbox;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page asks first: its token, and what there is to be asked. */
class PageTokenIT {
  private final TestHost host = TestHost.get();

  @Test
  void thePageGetsATokenThatAsksAndReadsTheLogAndNoMore() throws IOException {
    Response given = page(Map.of()).post("/v1/page-token");
    given.then().statusCode(200).header("Cache-Control", "no-store");
    String token = given.path("token");
    JsonNode claims =
        new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    Set<String> roles = new TreeSet<>();
    claims.get("groups").forEach(role -> roles.add(role.asText()));
    assertEquals(Set.of("auditor", "caller"), roles);
    assertEquals("demo", claims.get("tenant").asText());
    assertEquals(200, with(token).get("/v1/purposes").statusCode());
    assertEquals(200, with(token).get("/v1/audit/entries").statusCode());
    assertEquals(
        403,
        with(token).contentType("application/json").body("{}").post("/v1/models").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "Host, evil.example",
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, ''",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none",
    "Sec-Fetch-Site, ''",
    "Cordon-Page, ''"
  })
  void nobodyElseDoes(String header, String value) {
    page(Map.of(header, value))
        .post("/v1/page-token")
        .then()
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void aNameThatWasReboundToThisMachineIsNotThePage() {
    page(Map.of("Host", "evil.example:8080", "Origin", "http://evil.example:8080"))
        .post("/v1/page-token")
        .then()
        .statusCode(404);
  }

  @Test
  void noOtherSiteIsAllowedAPreflight() {
    Response preflight =
        host.anonymous()
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "cordon-page")
            .options("/v1/page-token");
    assertFalse(
        preflight.headers().asList().stream()
            .anyMatch(
                header ->
                    header
                        .getName()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith("access-control-")));
  }

  @Test
  void saysWhichPluginsAnswerAndWhatTheTenantMayAskFor() {
    host.as("caller")
        .get("/v1/plugins")
        .then()
        .statusCode(200)
        .body("plugins.capability", hasItem("image-tagging"))
        .body("plugins.find{it.capability=='image-tagging'}.permissions", hasItem("similarities"));
    host.as("caller")
        .get("/v1/purposes")
        .then()
        .statusCode(200)
        .body(
            "purposes.id",
            equalTo(
                List.of(
                    "accessibility-captions",
                    "course-recommendation",
                    "inventory-check",
                    "quality-inspection")))
        .body("purposes[0].areas", equalTo(List.of()))
        .body("purposes[1].areas", equalTo(List.of("education")))
        .body("purposes[0].capabilities", hasItem("image-tagging"))
        .body("purposes[0].legalBasis", equalTo("consent"));
  }

  @Test
  void anotherTenantHasNoPurposesOfTheDemo() {
    host.as("nobody", Set.of("caller"))
        .get("/v1/purposes")
        .then()
        .statusCode(200)
        .body("purposes", equalTo(List.of()));
  }

  @Test
  void servesThePageWithAPolicyThatLetsNothingElseIn() {
    host.anonymous()
        .get("/")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'self'"))
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .body(containsString("<div id=\"root\">"));
  }

  private RequestSpecification with(String token) {
    return host.anonymous().auth().oauth2(token);
  }

  private RequestSpecification page(Map<String, String> changed) {
    return page(host.url(), changed);
  }

  /**
   * What a browser sends for the host's own page, but for the headers given; an empty one is left
   * out.
   */
  static RequestSpecification page(String url, Map<String, String> changed) {
    URI address = URI.create(url);
    Map<String, String> headers = new TreeMap<>();
    headers.put("Host", address.getAuthority());
    headers.put("Origin", url);
    headers.put("Sec-Fetch-Site", "same-origin");
    headers.put("Cordon-Page", "1");
    headers.putAll(changed);
    headers.values().removeIf(String::isEmpty);
    return io.restassured.RestAssured.given().baseUri(url).headers(headers);
  }
}
