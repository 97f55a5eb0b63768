package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts on one Postgres that spend one budget on real servers. */
class BudgetsIT {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme: { purposes: { open: { legal_basis: legitimate_interests } } }
        thrift: { purposes: { open: { legal_basis: legitimate_interests } } }
        strict: { purposes: { open: { legal_basis: legitimate_interests } } }
      rules:
        - { id: acme-open, effect: permit, stage: [admission, input, output], when: purpose.registered, explanation: registered }
      """;

  @TempDir private static Path folder;
  private static RealServers servers;
  private static SharedDatabase database;
  private static HostProcess one;
  private static HostProcess two;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(ToyPackages.FAMILIES.resolve("clip-vit-b32"));
    database =
        SharedDatabase.start(folder.resolve("secrets")).with("CORDON_ROUTING_CURRENCY", "CHF");
    one = host("one");
    ToyPackages.switchTo(one, "clip-vit-b32");
    two = host("two");
    for (HostProcess host : List.of(one, two)) {
      for (String target : List.of("paid", "timed", "free", "sole")) {
        new RoutingClient(host).await(target, "ready");
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (HostProcess host : new HostProcess[] {one, two}) {
      if (host != null) {
        host.close();
      }
    }
    if (database != null) {
      database.close();
    }
    servers.close();
  }

  private static HostProcess host(String name) throws Exception {
    Path data = folder.resolve(name);
    if (!Files.exists(data)) {
      ToyPackages.install(data, "clip-vit-b32");
      Files.writeString(Files.createDirectories(data.resolve("policy")).resolve("acme.yaml"), PACK);
    }
    String serves = "toy-clip-vit-b32: { image: image }";
    new RoutingFolder(data)
        .target("paid", servers.uri(Place.TRITON_GRPC), serves, "price: { per_call: 0.1 }")
        .target("timed", servers.uri(Place.MLSERVER_GRPC), serves, "price: { per_second: 1 }")
        .target("free", servers.uri(Place.TRITON_REST), serves)
        .target(
            "sole",
            servers.uri(Place.TRITON_GRPC),
            serves,
            "price: { per_call: 0.1 }",
            "tenants: [thrift, strict]",
            "batch: 1")
        .write(
            "budgets:",
            "  - { tenant: demo, soft: 0.2, hard: 0.5 }",
            "  - { tenant: thrift, hard: 0.15 }",
            "  - { tenant: strict, hard: 0.15 }");
    return HostProcess.start(
        data,
        database.settings(),
        List.of("-Dcordon.models.trust=" + data.resolve("trust"), "-Dcordon.routing.edge-price=1"));
  }

  @Test
  @Tag("R17")
  void hostsSpendOneBudgetAndThenPaidTargetsAreOut() throws Exception {
    RoutingClient first = new RoutingClient(one);
    RoutingClient second = new RoutingClient(two);
    for (int i = 0; i < 2; i++) {
      assertEquals("0.1", first.pinned("paid").jsonPath().getString("route.cost"));
      assertEquals("paid", second.pinned("paid").path("route.target"));
    }
    Response last = first.pinned("paid");
    assertEquals("paid", last.path("route.target"), last.asString());
    JsonPath costs = costs(two).jsonPath();
    assertEquals("0.5", costs.getString("total"), costs.prettify());
    assertEquals("CHF", costs.getString("currency"));
    assertEquals("exhausted", costs.getString("budget.state"));
    assertEquals(List.of(5), costs.getList("lines.requests"));
    assertEquals(List.of("toy-clip-vit-b32"), costs.getList("lines.model"));

    for (HostProcess host : List.of(two, one)) {
      assertOnlyWhatIsFreeGoesOn(new RoutingClient(host));
    }
    assertEquals(List.of("budget-exhausted", "budget-warning"), budgetLeaves(first));
    assertTrue(one.output().contains("the hard limit of the budget of tenant `demo`"));
    assertTrue(
        RestAssured.get(two.url() + "/q/metrics")
            .asString()
            .contains("cordon_budget_spent{tenant=\"demo\"} 0.5"));
    aRestartForgetsNothing();
  }

  private static void assertOnlyWhatIsFreeGoesOn(RoutingClient client) throws Exception {
    Response pinned = client.pinned("paid");
    assertEquals(429, pinned.statusCode(), pinned.asString());
    assertEquals("BUDGET_EXHAUSTED", pinned.path("code"));
    assertEquals("request.route.target", pinned.path("field"));
    assertTrue(pinned.jsonPath().getLong("receipt.index") > 0, "a refusal is a leaf");
    assertEquals("free", client.pinned("free").path("route.target"));
    // A host hears within a second of what another has spent.
    Response moved = client.ask("{\"explain\":true}");
    for (int i = 0; i < 50 && !moved.asString().contains("BUDGET_EXHAUSTED"); i++) {
      Thread.sleep(100);
      moved = client.ask("{\"explain\":true}");
    }
    assertEquals(200, moved.statusCode(), moved.asString());
    assertTrue(
        Set.of("edge", "free").contains(moved.<String>path("route.target")), moved.asString());
    for (String paid : List.of("paid", "timed")) {
      assertEquals(
          "BUDGET_EXHAUSTED",
          moved.path("route.rejected.find { it.target == '" + paid + "' }.code"),
          moved.asString());
    }
  }

  private static void aRestartForgetsNothing() throws Exception {
    two.close();
    two = host("two");
    new RoutingClient(two).await("paid", "ready");
    assertEquals("BUDGET_EXHAUSTED", new RoutingClient(two).pinned("paid").path("code"));
    assertEquals("0.5", costs(two).jsonPath().getString("total"));
  }

  /** Its image takes several requests, of which the budget pays the first. */
  @Test
  @Tag("R17")
  void aCallThatTheBudgetStopsMidwayBeginsAnewAtTheEdgeAndAPinnedOneEnds() throws Exception {
    Response moved = detect("thrift", "\"route\":{\"explain\":true}");
    assertEquals(200, moved.statusCode(), moved.asString());
    assertEquals("edge", moved.path("route.target"), moved.asString());
    assertEquals(
        "the budget allows no more of `sole`, so the call moved to the edge",
        moved.path("route.reason"));
    assertEquals(
        "BUDGET_EXHAUSTED", moved.path("route.rejected.find { it.target == 'sole' }.code"));
    assertTrue(moved.asString().contains("\"cost\":0.1"), moved.asString());
    Response here = detect("thrift", "\"route\":{\"target\":\"edge\"}");
    assertEquals(here.<List<?>>path("findings"), moved.path("findings"), "nothing is mixed");

    assertEquals("0.1", total("thrift"), "and nothing more is spent");
    assertEquals(List.of("egress", "budget-exhausted", "analysis"), lastLeaves(moved, 3));

    Response pinned = detect("strict", "\"route\":{\"target\":\"sole\"}");
    assertEquals(429, pinned.statusCode(), pinned.asString());
    assertEquals("BUDGET_EXHAUSTED", pinned.path("code"));
    assertEquals("request.route.target", pinned.path("field"));
    assertEquals("0.1", total("strict"), "its first request left");
  }

  /** One host alone is asked, so the leaves before that of the answer are its own. */
  private static List<String> lastLeaves(Response answer, int count) throws IOException {
    long index = answer.jsonPath().getLong("receipt.index");
    return RestAssured.given()
        .auth()
        .oauth2(one.token("thrift", Set.of("auditor")))
        .get(one.url() + "/v1/audit/entries?from=" + (index + 1 - count) + "&limit=" + count)
        .path("entries.leaf.kind");
  }

  private static String total(String tenant) throws IOException {
    return operator(one, tenant).get("/v1/costs").path("total");
  }

  private static Response detect(String tenant, String route) throws IOException {
    return ToyPackages.analyse(
        one,
        tenant,
        """
        {"capability":"object-detection","purpose":"open","area":"home","labels":["cat"],%s}"""
            .formatted(route));
  }

  @Test
  void timeIsBookedWithTheLeafOfItsCall() throws Exception {
    Response timed = acme("timed");
    Map<String, ?> line =
        operator(two, "acme").get("/v1/costs").path("lines.find { it.target == 'timed' }");
    assertEquals(1, line.get("requests"));
    assertTrue((int) line.get("bytes") > 0);
    assertEquals(line.get("seconds"), line.get("amount"), "a second costs one");
    // Read as text: the client's parser would round it.
    assertTrue(timed.asString().contains("\"cost\":" + line.get("amount")), timed.asString());
  }

  @Test
  void aReportIsOfOneTenantAndOneMonth() throws Exception {
    acme("paid");
    RequestSpecification asked = operator(one, "acme").accept("text/csv");
    Response csv = asked.get("/v1/costs");
    assertEquals(200, csv.statusCode());
    assertTrue(csv.contentType().startsWith("text/csv"), csv.contentType());
    assertTrue(
        csv.asString().lines().anyMatch(row -> row.matches(".*,acme,.*,paid,1,.*,0.1,CHF")),
        csv.asString());

    assertEquals(List.of(), operator(one, "rival").get("/v1/costs").path("lines"));
    Response old = operator(one, "demo").get("/v1/costs?month=2026-01");
    assertEquals("0", old.path("total"));
    for (String wrong : List.of("2026-13", "november", "2026-1")) {
      Response refused = operator(one, "demo").get("/v1/costs?month=" + wrong);
      assertEquals(400, refused.statusCode(), wrong);
      assertEquals("month", refused.path("field"));
    }
    Response caller =
        RestAssured.given().auth().oauth2(one.token("caller")).get(one.url() + "/v1/costs");
    assertEquals(403, caller.statusCode());
    assertEquals(406, operator(one, "demo").accept("image/png").get("/v1/costs").statusCode());
  }

  private static Response acme(String target) throws IOException {
    Response answer =
        new RoutingClient(one)
            .ask("acme", "open", "{\"target\":\"" + target + "\",\"explain\":true}");
    assertEquals(target, answer.path("route.target"), answer.asString());
    return answer;
  }

  private static Response costs(HostProcess host) throws IOException {
    Response costs = operator(host, "demo").get("/v1/costs");
    assertEquals(200, costs.statusCode(), costs.asString());
    return costs;
  }

  private static RequestSpecification operator(HostProcess host, String tenant) throws IOException {
    return RestAssured.given()
        .baseUri(host.url())
        .auth()
        .oauth2(host.token(tenant, Set.of("operator")));
  }

  private static List<String> budgetLeaves(RoutingClient client) throws IOException {
    return client.leaves(0, 1_000).<String>getList("entries.leaf.kind").stream()
        .filter(kind -> kind.startsWith("budget-"))
        .sorted()
        .toList();
  }
}
