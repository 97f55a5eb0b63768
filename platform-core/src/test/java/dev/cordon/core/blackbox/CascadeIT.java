package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A host that asks a real server when it is unsure itself, which it always is here. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CascadeIT {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme:
          purposes:
            kept: { legal_basis: legitimate_interests }
      rules:
        - { id: acme-kept, effect: permit, stage: [admission, input, output], when: purpose.id == "kept", explanation: kept,
            obligations: [ { id: keep, type: keep_on_edge } ] }
      """;

  @TempDir private static Path data;
  private static RealServers servers;
  private static Interruption line;
  private static HostProcess host;
  private static RoutingClient client;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(ToyPackages.FAMILIES.resolve("clip-vit-b32"));
    line = new Interruption(servers.uri(Place.TRITON_GRPC));
    ToyPackages.install(data, "clip-vit-b32");
    Files.writeString(Files.createDirectories(data.resolve("policy")).resolve("acme.yaml"), PACK);
    new RoutingFolder(data)
        .target("there", line.uri("grpc"), "toy-clip-vit-b32: { image: image }", "canary: PT1H")
        .write("cascade: { below: 1 }");
    host = HostProcess.start(data, "-Dcordon.models.trust=" + data.resolve("trust"));
    client = new RoutingClient(host);
    ToyPackages.switchTo(host, "clip-vit-b32");
    client.await("there", "ready");
  }

  @AfterAll
  static void stop() throws Exception {
    if (host != null) {
      host.close();
    }
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
    assertEquals(List.of("EDGE_UNSURE"), answer.path("route.rejected.code"));
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
    assertEquals(List.of("FAILED"), answer.path("route.rejected.code"), answer.asString());
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
    assertEquals(List.of("KEEP_ON_EDGE"), kept.path("route.rejected.code"));
  }

  @Test
  void aPinnedCallNeverGoesOn() throws Exception {
    assertEquals("edge", client.pinned("edge").path("route.target"));
    Response there = client.pinned("there");
    assertEquals("there", there.path("route.target"));
    assertEquals("the call is pinned to `there`", there.path("route.reason"));
  }
}
