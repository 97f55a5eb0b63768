package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a host asks of real servers a second time: a target when the edge is unsure, which it always
 * is here, and the same target when it is slow.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AskedAgainIT {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme:
          purposes:
            kept: { legal_basis: legitimate_interests }
            late: { legal_basis: legitimate_interests }
        patient: { purposes: { open: { legal_basis: legitimate_interests } } }
        hasty: { purposes: { open: { legal_basis: legitimate_interests } } }
      rules:
        - { id: acme-open, effect: permit, stage: [admission, input, output], when: purpose.registered, explanation: registered }
        - { id: acme-late, effect: permit, stage: output, when: purpose.id == "late", explanation: late,
            obligations: [ { id: keep, type: keep_on_edge } ] }
        - { id: acme-kept, effect: permit, stage: [admission, input, output], when: purpose.id == "kept", explanation: kept,
            obligations: [ { id: keep, type: keep_on_edge } ] }
      """;

  @TempDir private static Path folder;
  private static RealServers servers;
  private static Interruption line;
  private static Interruption slow;
  private static SharedDatabase database;
  private static HostProcess host;
  private static RoutingClient client;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(ToyPackages.FAMILIES.resolve("clip-vit-b32"));
    line = new Interruption(servers.uri(Place.TRITON_GRPC));
    slow = new Interruption(servers.uri(Place.TRITON_GRPC));
    database = SharedDatabase.start(folder.resolve("secrets"));
    Path data = folder.resolve("data");
    ToyPackages.install(data, "clip-vit-b32");
    Files.writeString(Files.createDirectories(data.resolve("policy")).resolve("acme.yaml"), PACK);
    String serves = "toy-clip-vit-b32: { image: image }";
    new RoutingFolder(data)
        .target("there", line.uri("grpc"), serves, "canary: PT1H", "price: { per_call: 0.5 }")
        .target(
            "hedged",
            slow.uri("grpc"),
            serves,
            "price: { per_call: 0.1 }",
            "tenants: [patient, hasty]",
            "hedge: PT0.5S",
            "attempts: 1",
            "canary: PT1H")
        .write("cascade: { below: 1 }", "budgets: [ { tenant: patient, hard: 0.15 } ]");
    List<String> jvm = List.of("-Dcordon.models.trust=" + data.resolve("trust"));
    host = HostProcess.start(data, database.settings(), jvm);
    client = new RoutingClient(host);
    ToyPackages.switchTo(host, "clip-vit-b32");
    client.await("there", "ready");
    client.await("hedged", "ready");
  }

  @AfterAll
  static void stop() throws Exception {
    if (host != null) {
      host.close();
    }
    if (database != null) {
      database.close();
    }
    slow.close();
    line.close();
    servers.close();
  }

  @Test
  @Tag("R34")
  void anUnsureEdgeAsksTheTargetAfterALeafOfItAndSaysSo() throws Exception {
    Response answer = client.ask("{\"explain\":true}");
    assertEquals("there", answer.path("route.target"), answer.asString());
    assertTrue(
        answer.<String>path("route.reason").startsWith("the edge was unsure"), answer.asString());
    assertEquals(List.of("TENANT", "EDGE_UNSURE"), answer.path("route.rejected.code"));
    assertEquals(
        0.5, answer.jsonPath().getDouble("route.cost"), 1e-6, "the second leg has its price");
    RoutingClient.assertSame(client.pinned("edge"), answer);
    long index = answer.jsonPath().getLong("receipt.index");
    JsonPath leaves = client.leaves(index - 1, 2);
    assertEquals(List.of("egress", "analysis"), leaves.getList("entries.leaf.kind"));
    assertEquals(List.of("there", "there"), leaves.getList("entries.leaf.route"));
  }

  /** Last, for a client that lost its line takes a while to try it again. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aTargetThatFailsLeavesTheAnswerThatTheEdgeHadGiven() throws Exception {
    Response before = client.pinned("edge");
    line.cut();
    Response answer = client.ask("{\"explain\":true}");
    assertEquals(200, answer.statusCode(), answer.asString());
    assertEquals("edge", answer.path("route.target"), answer.asString());
    assertEquals(
        List.of("TENANT", "FAILED"), answer.path("route.rejected.code"), answer.asString());
    assertEquals(
        1, answer.jsonPath().getDouble("route.cost"), 1e-6, "what left twice is charged twice");
    RoutingClient.assertSame(before, answer);
    long index = answer.jsonPath().getLong("receipt.index");
    assertEquals(
        List.of("edge"), client.leaves(index, 1).getList("entries.leaf.route"), "its own leaf");
  }

  @Test
  @Tag("R51")
  void whatMustStayStaysThoughTheEdgeIsUnsure() throws Exception {
    Response kept = client.ask("acme", "kept", "{\"explain\":true}");
    assertEquals("edge", kept.path("route.target"), kept.asString());
    assertEquals("the edge answers first", kept.path("route.reason"));
    assertEquals(List.of("KEEP_ON_EDGE", "KEEP_ON_EDGE"), kept.path("route.rejected.code"));
  }

  @Test
  @Tag("R17")
  void anObligationThatComesAfterTheSecondLegDeniesTheAnswer() throws Exception {
    Response late = client.ask("acme", "late", "");
    assertEquals(403, late.statusCode(), late.asString());
    assertEquals("OBLIGATION_UNFULFILLABLE", late.path("code"));
  }

  @Test
  void theItemsOfAJobAreAskedFurtherTogether() throws Exception {
    JobClient caller = new JobClient(host, "demo");
    String job =
        caller.begin(TestHost.tagging("accessibility-captions", "home", "\"cat\",\"dog\""));
    for (int i = 0; i < 3; i++) {
      caller.putPatiently(job, "item" + i, JobImages.picture(i, 64));
    }
    caller.post("/v1/jobs/" + job + "/close");
    caller.until(job, status -> status.getInt("counts.done") == 3);
    JsonPath results = JsonPath.from(caller.get("/v1/jobs/" + job + "/results?limit=90").body());
    assertEquals(Collections.nCopies(3, "there"), results.getList("results.answer.route.target"));
  }

  /** Real servers behind a slow line; both requests go to the one target. */
  @Test
  @Tag("R34")
  void whatIsHedgedLeavesTwiceWithALeafAndAPriceEachTime() throws Exception {
    slow.slow(1_500);
    try {
      Response hasty = hedged("hasty");
      assertEquals("hedged", hasty.path("route.target"), hasty.asString());
      assertTrue(hasty.asString().contains("\"cost\":0.2"), hasty.asString());
      assertEquals("0.2", total("hasty"));

      Response patient = hedged("patient");
      assertEquals("hedged", patient.path("route.target"), patient.asString());
      assertTrue(patient.asString().contains("\"cost\":0.1"), "the budget allows no second");
      assertEquals("0.1", total("patient"));
    } finally {
      slow.mend();
    }
    Response quick = hedged("hasty");
    for (int i = 0; i < 20 && !quick.asString().contains("\"cost\":0.1"); i++) {
      quick = hedged("hasty");
    }
    assertTrue(quick.asString().contains("\"cost\":0.1"), "a quick answer needs none");
  }

  private static Response hedged(String tenant) throws IOException {
    Response answer =
        new RoutingClient(host).ask(tenant, "open", "{\"target\":\"hedged\",\"explain\":true}");
    assertEquals(200, answer.statusCode(), answer.asString());
    return answer;
  }

  private static String total(String tenant) throws IOException {
    return RestAssured.given()
        .auth()
        .oauth2(host.token(tenant, Set.of("operator")))
        .get(host.url() + "/v1/costs")
        .path("total");
  }

  /** What waits for the log longer than its call has time ends as a call does, not as a log. */
  @Test
  @Tag("R17")
  void aCallThatRunsOutOfTimeWhileItsEgressWaitsForTheLogLeavesNothing() throws Exception {
    Response late;
    CompletableFuture<Boolean> waited = new CompletableFuture<>();
    try (Connection other = database.connect();
        Statement sql = other.createStatement()) {
      other.setAutoCommit(false);
      sql.execute("select * from audit.head for update");
      Thread.ofVirtual().start(() -> endLater(other, waited));
      late = inTime(2_000_000);
    }
    assertTrue(waited.get(1, TimeUnit.MINUTES), "the egress waited for the log");
    assertEquals(503, late.statusCode(), late.asString());
    assertEquals("MODEL_UNAVAILABLE", late.path("code"), late.asString());
    assertTrue(late.path("receipt.index") != null, late.asString());
    JsonPath before = client.leaves(late.jsonPath().getLong("receipt.index") - 1, 1);
    assertFalse(before.getList("entries.leaf.kind").contains("egress"), before.prettify());
    assertEquals(200, inTime(20_000_000).statusCode(), "it goes on");
  }

  /** Lets go well after the time of the call that waits is over. */
  private static void endLater(Connection other, CompletableFuture<Boolean> waited) {
    String waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
    try (Connection watching = database.connect();
        Statement sql = watching.createStatement()) {
      boolean isSeen = false;
      for (int i = 0; i < 200 && !isSeen; i++) {
        isSeen = sql.executeQuery(waiting).next();
        Thread.sleep(10);
      }
      Thread.sleep(2_500);
      other.rollback();
      waited.complete(isSeen);
    } catch (InterruptedException | SQLException e) {
      waited.completeExceptionally(e);
    }
  }

  private static Response inTime(long micros) throws IOException {
    return RestAssured.given()
        .auth()
        .oauth2(host.token("demo", Set.of("caller")))
        .contentType("application/json")
        .body(
            """
            {"parameters":{"purpose":"accessibility-captions","area":"home","timeout":%d,
              "route":"{\\"target\\":\\"there\\"}"},
             "inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["%s"]},
                       {"name":"labels","datatype":"BYTES","shape":[1],"data":["cat"]}]}"""
                .formatted(
                    micros, Base64.getEncoder().encodeToString(TestHost.sample("chelsea.jpg"))))
        .post(host.url() + "/v2/models/image-tagging/infer");
  }

  @Test
  void aPinnedCallNeverGoesOn() throws Exception {
    assertEquals("edge", client.pinned("edge").path("route.target"));
    Response there = client.pinned("there");
    assertEquals("there", there.path("route.target"));
    assertEquals("the call is pinned to `there`", there.path("route.reason"));
  }
}
