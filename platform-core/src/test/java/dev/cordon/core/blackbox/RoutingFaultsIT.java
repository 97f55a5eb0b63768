package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.BadServer;
import dev.cordon.models.oip.BadServer.Answer;
import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import dev.cordon.models.oip.TestKeys;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a target, pinned calls end with the reason and others are answered here.
 */
class RoutingFaultsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final String SERVED = "toy-clip-vit-b32: { image: image }";

  @TempDir private static Path data;
  private static RealServers servers;
  private static Interruption line;
  private static Interruption flapping;
  private static BadServer expired;
  private static HostProcess host;
  private static RoutingClient client;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(ToyPackages.FAMILIES.resolve("clip-vit-b32"));
    line = new Interruption(servers.uri(Place.TRITON_GRPC));
    flapping = new Interruption(servers.uri(Place.TRITON_REST));
    TestKeys old = TestKeys.make(data, "old", "-9d");
    expired = new BadServer((_, _) -> Answer.of(200, "{}"), old.trusting(old));
    URI rest = servers.uri(Place.MLSERVER_REST);
    ToyPackages.install(data, "clip-vit-b32");
    ToyPackages.install(data, "clip-vit-b16");
    new RoutingFolder(data)
        .target("line", line.uri("grpc"), SERVED, "deadline: " + DEADLINE, "attempts: 1")
        .target("flapping", flapping.uri("http"), SERVED, "deadline: PT2S", "canary: PT1H")
        .target("shape", rest, "toy-clip-vit-b32: { image: text }")
        .target("numbers", rest, "toy-clip-vit-b16: { image: image }")
        .target("nobody", URI.create("https://nobody.invalid"), SERVED)
        .target("expired", expired.uri(), SERVED, "tls: { authorities: " + old.certificate() + " }")
        .write();
    host =
        HostProcess.start(
            data,
            "-Dcordon.models.trust=" + data.resolve("trust"),
            "-Dcordon.routing.edge-price=1",
            "-Dcordon.routing.breaker-delay=PT2S");
    client = new RoutingClient(host);
    ToyPackages.switchTo(host, "clip-vit-b32");
    client.await("line", "ready");
    client.await("flapping", "ready");
  }

  @AfterAll
  static void stop() throws Exception {
    if (host != null) {
      host.close();
    }
    for (AutoCloseable each : new AutoCloseable[] {line, flapping, expired, servers}) {
      each.close();
    }
  }

  @AfterEach
  void mend() throws Exception {
    line.mend();
    flapping.mend();
    client.await("line", "ready");
  }

  private static void assertRefused(String target, String reason) throws Exception {
    Response refused = client.pinned(target);
    assertEquals(503, refused.statusCode(), refused.asString());
    assertEquals("TARGET_UNAVAILABLE", refused.path("code"));
    assertTrue(refused.<String>path("detail").contains(reason), refused.asString());
    assertEquals("edge", client.pinned("edge").path("route.target"));
  }

  @Test
  @Tag("R17")
  void aTargetThatGoesDownRefusesPinnedCallsAndComesBack() throws Exception {
    assertEquals("line", client.pinned("line").path("route.target"));
    line.cut();
    assertRefused("line", "");
    client.await("line", "unhealthy");
    assertRefused("line", "the target failed its last probe");
    line.mend();
    client.await("line", "ready");
    RoutingClient.assertSame(client.pinned("edge"), client.pinned("line"));
  }

  @Test
  void noCallWaitsForASlowTargetPastItsDeadline() throws Exception {
    line.slow(20_000);
    long start = System.nanoTime();
    Response refused = client.pinned("line");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(503, refused.statusCode(), refused.asString());
    assertEquals("TARGET_UNAVAILABLE", refused.path("code"));
    assertTrue(took.compareTo(DEADLINE.plusSeconds(2)) < 0, took::toString);
  }

  /** Its probes are an hour apart, so what opens the breaker are calls. */
  @Test
  void theBreakerOpensOnATargetThatFlapsAndAProbeClosesIt() throws Exception {
    client.await("flapping", "ready");
    flapping.cut();
    for (int i = 0; i < 10 && !client.breaker("flapping").equals("open"); i++) {
      assertEquals(503, client.pinned("flapping").statusCode());
    }
    assertEquals("open", client.breaker("flapping"));
    assertRefused("flapping", "the target's circuit breaker is open");
    flapping.mend();
    client.await("flapping", "ready");
    assertEquals("flapping", client.pinned("flapping").path("route.target"));
  }

  /** Here as it has the host whose edge has a price. */
  @Test
  void theItemsOfAJobStayWhereTheFirstOneWent() throws Exception {
    client.await("flapping", "ready");
    JobClient caller = new JobClient(host, "demo");
    String job =
        caller.begin(TestHost.tagging("accessibility-captions", "home", "\"cat\",\"dog\""));
    caller.putPatiently(job, "first", JobImages.picture(0, 64));
    caller.until(job, status -> status.getInt("counts.done") == 1);
    for (int i = 1; i < 5; i++) {
      caller.putPatiently(job, "item" + i, JobImages.picture(i, 64));
    }
    caller.post("/v1/jobs/" + job + "/close");
    caller.until(job, status -> status.getInt("counts.done") == 5);

    JsonPath results = JsonPath.from(caller.get("/v1/jobs/" + job + "/results?limit=90").body());
    String target = results.getString("results[0].answer.route.target");
    assertNotEquals("edge", target);
    List<String> reasons = results.getList("results.answer.route.reason");
    assertEquals(
        Collections.nCopies(4, "the batch began on `" + target + "`"), reasons.subList(1, 5));
    assertEquals(Collections.nCopies(5, target), results.getList("results.answer.route.target"));
  }

  /** Likewise: anything that may leave does. */
  @Test
  void whatACollectionKeepsAndIsAskedStaysHere() throws Exception {
    client.await("flapping", "ready");
    String url = host.url() + "/v1/collections";
    String purpose = "{\"purpose\":\"accessibility-captions\"}";
    caller()
        .contentType("application/json")
        .body(purpose.replace("{", "{\"id\":\"here\","))
        .post(url)
        .then()
        .statusCode(201);

    Response kept = withImage(purpose).put(url + "/here/items/one");
    Response found = withImage(purpose).post(url + "/here/search");

    for (Response answer : List.of(kept, found)) {
      assertEquals(200, answer.statusCode(), answer.asString());
      assertEquals("edge", answer.path("route.target"));
    }
    assertEquals("one", found.path("findings[0].item"));
    long first = kept.jsonPath().getLong("receipt.index");
    assertEquals(first + 1, found.jsonPath().getLong("receipt.index"), "no leaf of an egress");
  }

  private static RequestSpecification caller() throws Exception {
    return ToyPackages.as(host, "demo", "demo", "caller");
  }

  private static RequestSpecification withImage(String request) throws Exception {
    return caller()
        .multiPart("image", "image", TestHost.sample("chelsea.jpg"))
        .multiPart("request", request, "application/json");
  }

  @Test
  void aTargetWithOtherTensorsIsOut() throws Exception {
    client.await("shape", "unhealthy");
    assertEquals("REFUSED", client.routes().getString("targets.find { it.id == 'shape' }.detail"));
    assertRefused("shape", "failed its last probe");
  }

  @Test
  void aNameThatIsGoneAndACertificateThatExpiredAreOut() throws Exception {
    for (String target : new String[] {"nobody", "expired"}) {
      client.await(target, "unhealthy");
      assertEquals(
          "UNREACHABLE",
          client.routes().getString("targets.find { it.id == '" + target + "' }.detail"));
      assertRefused(target, "failed its last probe");
    }
    assertTrue(expired.requests().isEmpty(), "nothing is said to who cannot show who it is");
  }

  @Test
  void aTargetThatAnswersTheCanaryWronglyIsOut() throws Exception {
    ToyPackages.switchTo(host, "clip-vit-b16");
    try {
      client.await("numbers", "wrong-numbers");
      assertRefused("numbers", "answered the canary wrongly");
      assertRefused("line", "does not serve the active model");
    } finally {
      ToyPackages.switchTo(host, "clip-vit-b32");
    }
    client.await("line", "ready");
  }

  @Test
  void anUnpinnedCallMovesToTheEdgeAndSaysSo() throws Exception {
    client.await("flapping", "ready");
    // Not the edge, whose price keeps calls away for as long as any target is ready.
    assertNotEquals("edge", client.ask("").path("route.target"));
    line.cut();
    client.await("line", "unhealthy");
    flapping.cut();

    Response answer = client.ask("{\"explain\":true}");

    RoutingClient.assertSame(client.pinned("edge"), answer);
    assertEquals("edge", answer.path("route.target"));
    assertEquals("`flapping` failed, so the call moved to the edge", answer.path("route.reason"));
    assertEquals(
        "FAILED", answer.path("route.rejected.findAll { it.target == 'flapping' }.code[0]"));
    long index = answer.jsonPath().getLong("receipt.index");
    JsonPath leaves = client.leaves(index - 2, 3);
    // One for each time that the tensors left: the retry is one too.
    assertEquals(List.of("egress", "egress", "analysis"), leaves.getList("entries.leaf.kind"));
    assertEquals(List.of("flapping", "flapping", "edge"), leaves.getList("entries.leaf.route"));
  }
}
