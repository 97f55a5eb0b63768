package dev.cordon.core.blackbox;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages that mean harm, enabled on a host as if nobody had looked. */
class HostilePluginsIT {
  @TempDir static Path folder;
  private static HostProcess host;
  private static PluginPackages packages;
  private static PluginClient client;

  @BeforeAll
  static void start() throws Exception {
    Path data = folder.resolve("data");
    packages = new PluginPackages(data);
    host = HostProcess.start(data, "-Dcordon.catalog.trips=3");
    client = new PluginClient(host, packages);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  @Tag("R15")
  void whatAPluginInventsIsRefusedOnItsWayOut() throws Exception {
    String digest = client.enabled(packages.hostile("invented", "1.0.0"));
    Response answer = client.ask("probe");
    assertEquals(403, answer.statusCode(), answer.asString());
    assertTrue(!answer.asString().contains("angry"), answer.asString());
    assertTrue(answer.path("receipt.index") != null);
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }

  @Test
  @Tag("R52")
  void aPackageThatTripsTooOftenIsStoppedByTheHost() throws Exception {
    String digest = client.enabled(packages.hostile("loop", "2.0.0"));
    for (int i = 0; i < 3; i++) {
      Response answer = client.ask("probe");
      assertEquals(500, answer.statusCode(), answer.asString());
    }
    while (client.ask("probe").statusCode() != 503) {
      Thread.sleep(50);
    }
    assertEquals("PLUGIN_UNAVAILABLE", client.ask("probe").path("code"));
    // A call that had begun before this host heard of the kill may trip once more.
    List<Map<String, Object>> tripped =
        client.leaves("plugin-tripped").stream()
            .filter(leaf -> leaf.get("plugin").equals("probe@2.0.0:" + digest))
            .toList();
    int trips = tripped.size();
    assertTrue(trips >= 3, "trips: " + trips);
    assertEquals("TIME", tripped.getLast().get("code"));
    Map<String, Object> kill = client.leaves("plugin-killed").getLast();
    assertEquals("probe@2.0.0:" + digest, kill.get("plugin"));
    assertEquals(List.of(), kill.get("subjects"));
    assertEquals(true, client.entry(digest).get("killed"));
    Thread.sleep(1000);
    Map<?, ?> usage = (Map<?, ?>) client.entry(digest).get("usage");
    assertEquals(trips, usage.get("trips"));
    assertEquals(Map.of("fault", trips), usage.get("failures"));
    client.pull("eva", digest, "revive").statusCode(200).body("killed", equalTo(false));
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }

  /** Each in the host, with its own limits and the real model; a call of another goes on. */
  @ParameterizedTest
  @CsvSource({
    "memory, MEMORY, 10.0.0",
    "calls, HOST_CALLS, 10.1.0",
    "giant, OUTPUT, 10.2.0",
    "findings, OUTPUT, 10.3.0",
    "deep, STACK, 10.4.0",
    "nan, BAD_FINDING, 10.5.0",
    "outside-image, BAD_FINDING, 10.6.0"
  })
  void aHostilePluginIsEndedOnRecordAndTheHostUnharmed(String module, String kind, String version)
      throws Exception {
    String digest = client.enabled(packages.hostile(module, version));

    Response answer = client.ask("probe");

    assertEquals(500, answer.statusCode(), answer.asString());
    assertTrue(answer.path("receipt.index") != null, answer.asString());
    Map<String, Object> trip = client.leaves("plugin-tripped").getLast();
    assertEquals("probe@" + version + ":" + digest, trip.get("plugin"));
    assertEquals(kind, trip.get("code"));
    assertEquals(200, client.ask("image-tagging").statusCode());
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }

  @Test
  void noPluginReadsWhatAnotherCallLeft() throws Exception {
    String digest = client.enabled(packages.hostile("remember", "11.0.0"));
    for (int i = 0; i < 5; i++) {
      Response answer = client.ask("probe");
      assertEquals(200, answer.statusCode(), answer.asString());
      // It answers how much it found of another call.
      assertEquals(0f, answer.<Number>path("findings[0].score").floatValue());
    }
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }
}
