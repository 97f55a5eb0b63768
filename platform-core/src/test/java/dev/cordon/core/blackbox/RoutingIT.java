package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged host with real Triton and MLServer as its targets. */
class RoutingIT {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme:
          purposes:
            open: { legal_basis: legitimate_interests }
            kept: { legal_basis: legitimate_interests }
            far: { legal_basis: legitimate_interests }
            health: { legal_basis: legitimate_interests }
            near: { legal_basis: legitimate_interests }
            late: { legal_basis: legitimate_interests }
      rules:
        - { id: acme-open, effect: permit, stage: [admission, input, output], when: purpose.registered, explanation: registered }
        - { id: acme-kept, effect: permit, stage: [admission, input, output], when: purpose.id == "kept", explanation: kept,
            obligations: [ { id: keep, type: keep_on_edge } ] }
        - { id: acme-far, effect: permit, stage: [admission, input, output], when: purpose.id == "far", explanation: far,
            obligations: [ { id: region, type: keep_in_region, properties: { region: US } } ] }
        - { id: acme-health, effect: permit, stage: [admission, input, output], when: purpose.id == "health", explanation: health,
            obligations: [ { id: class, type: data_class, properties: { class: health } } ] }
        - { id: acme-near, effect: permit, stage: [admission, input, output], when: purpose.id == "near", explanation: near,
            obligations: [ { id: region, type: keep_in_region, properties: { region: EU } } ] }
        - { id: acme-late, effect: permit, stage: output, when: purpose.id == "late", explanation: late,
            obligations: [ { id: keep, type: keep_on_edge } ] }
      """;

  private static final double PRICE = 0.25;

  @TempDir private static Path data;
  private static RealServers servers;
  private static HostProcess host;
  private static RoutingClient client;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(ToyPackages.FAMILIES.resolve("clip-vit-b32"));
    ToyPackages.install(data, "clip-vit-b32");
    Files.writeString(Files.createDirectories(data.resolve("policy")).resolve("acme.yaml"), PACK);
    RoutingFolder folder = new RoutingFolder(data);
    for (Place place : Place.values()) {
      String text = place == Place.MLSERVER_GRPC ? ", text: text" : "";
      folder.target(
          id(place),
          servers.uri(place),
          "toy-clip-vit-b32: { image: image" + text + " }",
          "price: { per_call: " + (place == Place.TRITON_REST ? PRICE : 0) + " }");
    }
    folder.write();
    host = HostProcess.start(data, "-Dcordon.models.trust=" + data.resolve("trust"));
    client = new RoutingClient(host);
    ToyPackages.switchTo(host, "clip-vit-b32");
    for (Place place : Place.values()) {
      client.await(id(place), "ready");
    }
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
    servers.close();
  }

  private static String id(Place place) {
    return place.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R34")
  void aPinnedCallIsAnsweredThereAsHereAndItsEgressIsOnRecordFirst(Place place) throws Exception {
    Response here = client.pinned("edge");
    Response there = client.pinned(id(place));

    RoutingClient.assertSame(here, there);
    assertEquals("edge", here.path("route.target"));
    assertEquals(id(place), there.path("route.target"));
    assertEquals(Place.values().length, there.<List<?>>path("route.rejected").size());
    long index = there.jsonPath().getLong("receipt.index");
    JsonPath leaves = client.leaves(index - 1, 2);
    assertEquals(List.of("egress", "analysis"), leaves.getList("entries.leaf.kind"));
    assertEquals(List.of(id(place), id(place)), leaves.getList("entries.leaf.route"));
  }

  @Test
  void anUnpinnedCallSaysWhyItRunsWhereItRuns() throws Exception {
    Response answer = client.ask("{\"explain\":true}");
    assertEquals(200, answer.statusCode(), answer.asString());
    assertTrue(answer.<String>path("route.reason").contains("best of 5"), answer.asString());
    assertEquals(4, answer.<List<?>>path("route.rejected").size());
    assertEquals(
        List.of("OUTSCORED"),
        answer.jsonPath().getList("route.rejected.code").stream().distinct().toList());
  }

  @Test
  @Tag("R51")
  void whatThePolicyForbidsAPinCannotGet() throws Exception {
    for (var forbidden :
        List.of(
            List.of("kept", "the policy keeps the call at the edge"),
            List.of("far", "the target is not in the region that the policy asks for"),
            List.of("health", "the target does not take this class of data"))) {
      Response refused = client.ask("acme", forbidden.getFirst(), "{\"target\":\"triton-grpc\"}");
      assertEquals(403, refused.statusCode(), refused.asString());
      assertEquals("ROUTE_FORBIDDEN", refused.path("code"));
      assertEquals(forbidden.getLast(), refused.path("detail"));

      Response moved = client.ask("acme", forbidden.getFirst(), "");
      assertEquals("edge", moved.path("route.target"), moved.asString());
    }
    Response personal =
        client.ask("acme", "open", "{\"target\":\"triton-grpc\"},\"subjects\":[\"guest-7\"]");
    assertEquals("ROUTE_FORBIDDEN", personal.path("code"), personal.asString());
    for (String allowed : List.of("open", "near")) {
      Response there = client.ask("acme", allowed, "{\"target\":\"triton-grpc\"}");
      assertEquals("triton-grpc", there.path("route.target"), there.asString());
    }
  }

  @Test
  @Tag("R17")
  void anObligationThatComesAfterTheCallLeftDeniesIt() throws Exception {
    assertEquals("edge", client.ask("acme", "late", "").path("route.target"));
    Response late = client.ask("acme", "late", "{\"target\":\"triton-grpc\"}");
    assertEquals(403, late.statusCode(), late.asString());
    assertEquals("OBLIGATION_UNFULFILLABLE", late.path("code"));
  }

  @Test
  void whatATargetChargesIsInTheAnswerAndInTheMetricsOfItsTenant() throws Exception {
    assertEquals(0, client.pinned("triton-grpc").<Number>path("route.cost").doubleValue());
    double before = charged();
    assertEquals(PRICE, client.pinned("triton-rest").<Float>path("route.cost"), 1e-6);
    assertEquals(PRICE, charged() - before, 1e-6);
    String metrics = metrics();
    for (String metric :
        List.of(
            "cordon_target_ready{target=\"triton-grpc\"} 1.0",
            "cordon_target_calls_underway{target=\"triton-grpc\"} 0.0",
            "cordon_target_calls_total{outcome=\"answered\",target=\"triton-grpc\"}",
            "cordon_target_requests_total{target=\"triton-grpc\"}",
            "plugin=\"canary\",target=\"triton-rest\",tenant=\"\"}")) {
      assertTrue(metrics.contains(metric), metrics);
    }
  }

  private static double charged() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("cordon_target_cost_total"))
        .peek(line -> assertTrue(line.matches(".*plugin=\"(canary|image-tagging@[0-9.]+)\".*")))
        .filter(line -> line.contains("tenant=\"demo\"") && line.contains("\"triton-rest\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static String metrics() {
    return RestAssured.get(host.url() + "/q/metrics").asString();
  }

  @Test
  void aQuestionOfTheProtocolIsPinnedAndExplainedToo() throws Exception {
    Response there = infer("{\"target\":\"triton-rest\",\"explain\":true}");
    assertEquals(200, there.statusCode(), there.asString());
    assertEquals("triton-rest", there.path("parameters.route_target"));
    assertEquals("0.25", there.path("parameters.route_cost"));
    assertEquals(
        Place.values().length,
        JsonPath.from(there.<String>path("parameters.route_rejected")).getList("target").size());
    assertTrue(
        there
            .<String>path("parameters.plugin")
            .equals("image-tagging@" + there.path("model_version")),
        there.asString());
    assertNull(infer("{\"target\":\"edge\"}").path("parameters.route_cost"));

    Response refused = infer("{\"target\":\"nowhere\"}");
    assertEquals(403, refused.statusCode(), refused.asString());
    assertEquals("ROUTE_FORBIDDEN", refused.path("code"));
    assertEquals("parameters.route.target", refused.path("field"));
    assertEquals(400, infer("{\"goal\":1}").statusCode());
  }

  private static Response infer(String route) throws Exception {
    String image = Base64.getEncoder().encodeToString(TestHost.sample("chelsea.jpg"));
    Map<String, Object> body =
        Map.of(
            "parameters",
            Map.of("purpose", "accessibility-captions", "area", "home", "route", route),
            "inputs",
            List.of(
                Map.of(
                    "name",
                    "image",
                    "datatype",
                    "BYTES",
                    "shape",
                    List.of(1),
                    "data",
                    List.of(image)),
                Map.of(
                    "name",
                    "labels",
                    "datatype",
                    "BYTES",
                    "shape",
                    List.of(2),
                    "data",
                    List.of("cat", "dog"))));
    return ToyPackages.as(host, "demo", "demo", "caller")
        .contentType("application/json")
        .body(body)
        .post(host.url() + "/v2/models/image-tagging/infer");
  }

  @Test
  void aTargetThatIsNotThereIsRefused() throws Exception {
    Response refused = client.pinned("nowhere");
    assertEquals(403, refused.statusCode());
    assertEquals("ROUTE_FORBIDDEN", refused.path("code"));
  }
}
