package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks a host about its routes, and questions that name where they may run. */
record RoutingClient(HostProcess host) {
  private static final int TRIES = 300;

  JsonPath routes() throws IOException {
    Response routes =
        io.restassured.RestAssured.given()
            .auth()
            .oauth2(host.token("operator"))
            .get(host.url() + "/v1/routes");
    assertEquals(200, routes.statusCode(), routes.asString());
    return routes.jsonPath();
  }

  String state(String target) throws IOException {
    return routes().getString("targets.find { it.id == '" + target + "' }.state");
  }

  String breaker(String target) throws IOException {
    return routes().getString("targets.find { it.id == '" + target + "' }.breaker");
  }

  /** Waits until the target is in that state. */
  void await(String target, String state) throws Exception {
    for (int i = 0; i < TRIES && !state.equals(state(target)); i++) {
      Thread.sleep(100);
    }
    assertEquals(state, state(target), routes().prettify());
  }

  Response ask(String tenant, String purpose, String route) throws IOException {
    String request =
        """
        {"capability":"image-tagging","purpose":"%s","area":"home","labels":["cat","dog","bus"]%s}"""
            .formatted(purpose, route.isEmpty() ? "" : ",\"route\":" + route);
    return ToyPackages.analyse(host, tenant, request);
  }

  Response ask(String route) throws IOException {
    return ask("demo", "accessibility-captions", route);
  }

  Response pinned(String target) throws IOException {
    return ask("{\"target\":\"" + target + "\",\"explain\":true}");
  }

  /** Scores by label. */
  static Map<String, Double> scores(Response answer) {
    assertEquals(200, answer.statusCode(), answer.asString());
    Map<String, Double> scores = new TreeMap<>();
    List<Map<String, Object>> findings = answer.path("findings");
    findings.forEach(
        finding ->
            scores.put(
                (String) finding.get("label"), ((Number) finding.get("score")).doubleValue()));
    return scores;
  }

  static void assertSame(Response one, Response other) {
    Map<String, Double> here = scores(one);
    Map<String, Double> there = scores(other);
    assertEquals(here.keySet(), there.keySet());
    here.forEach((label, score) -> assertEquals(score, there.get(label), 1e-4, label));
  }

  /** The leaves from an index on. */
  JsonPath leaves(long from, int count) throws IOException {
    return io.restassured.RestAssured.given()
        .auth()
        .oauth2(host.token("demo", Set.of("auditor")))
        .queryParam("from", from)
        .queryParam("limit", count)
        .get(host.url() + "/v1/audit/entries")
        .jsonPath();
  }
}
