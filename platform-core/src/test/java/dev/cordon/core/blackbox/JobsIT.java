package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.blackbox.JobClient.Outcome;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over HTTP, on a host with a model in miniature and little room. */
class JobsIT {
  private static final String QUESTION =
      tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final int ITEMS = 500;
  private static final int ROOM = 40;

  /** Room for what a warm host still compiles and caches, far below what 400 images would take. */
  private static final long MOST_GROWTH = 16_000_000;

  @TempDir static Path data;
  private static HostProcess host;
  private static String model;
  private static JobClient caller;

  @BeforeAll
  static void start() throws Exception {
    ToyPackages.install(data, "clip-vit-b32");
    host = HostProcess.start(data, "-Dcordon.jobs.most-waiting=" + ROOM);
    model = ToyPackages.switchTo(host, "clip-vit-b32");
    caller = new JobClient(host, "demo");
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  @Test
  @Tag("R34")
  void everyImageOfFiveHundredHasItsOutcomeAndItsLeaf() throws Exception {
    String job = caller.begin(QUESTION);
    try (ExecutorService tasks = Executors.newFixedThreadPool(5)) {
      Future<List<String>> followed = tasks.submit(() -> caller.events(job).toList());
      send(tasks, job, 0, ITEMS / 5);
      caller.until(job, status -> status.getInt("counts.waiting") == 0);
      long early = liveBytes();
      send(tasks, job, ITEMS / 5, ITEMS);
      caller.post("/v1/jobs/" + job + "/close");
      JsonPath ended = caller.until(job, status -> status.getString("state").equals("done"));
      assertEquals(ITEMS - 10, ended.getInt("counts.done"));
      assertEquals(10, ended.getInt("counts.failed"));
      long grown = liveBytes() - early;
      assertTrue(grown < MOST_GROWTH, () -> "grew by " + grown);
      List<String> events = followed.get();
      assertTrue(events.contains("event:progress"), events::toString);
      assertTrue(events.contains("event:done"), events::toString);
    }
    requireLeaves(job, ITEMS);
    for (Outcome outcome : caller.outcomes(job)) {
      boolean broken = Integer.parseInt(outcome.item().substring(4)) % 50 == 7;
      assertEquals(broken ? "failed" : "done", outcome.state());
      assertTrue(!broken || outcome.code().startsWith("IMAGE_"), outcome::toString);
    }
  }

  private static void send(ExecutorService tasks, String job, int from, int to) throws Exception {
    List<Callable<Integer>> sending = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int number = i;
      byte[] image = i % 50 == 7 ? JobImages.broken(i) : JobImages.picture(i, 64);
      sending.add(() -> caller.putPatiently(job, "item" + number, image));
    }
    for (Future<Integer> sent : tasks.invokeAll(sending)) {
      sent.get();
    }
  }

  /** Each outcome has a leaf of its own, the one that its receipt names. */
  private static void requireLeaves(String job, int items) throws Exception {
    List<Outcome> outcomes = caller.outcomes(job);
    assertEquals(items, outcomes.size());
    Map<Long, String> leaves = caller.leaves(0);
    Set<Long> seen = new HashSet<>();
    for (Outcome outcome : outcomes) {
      String leaf = leaves.get(outcome.leaf());
      assertTrue(leaf.startsWith(outcome.id() + " " + outcome.leafHash() + " "), leaf);
      assertTrue(seen.add(outcome.leaf()));
    }
  }

  @Test
  void whatWaitsIsBoundedAndNothingIsLostWhileNoModelAnswers() throws Exception {
    retire();
    try {
      String job = caller.begin(QUESTION);
      for (int i = 0; i < ROOM; i++) {
        assertEquals(202, caller.put(job, "a" + i, JobImages.picture(i, 64)).statusCode());
      }
      HttpResponse<String> refused = caller.put(job, "more", JobImages.picture(1, 64));
      assertEquals(503, refused.statusCode());
      assertEquals("OVERLOADED", JsonPath.from(refused.body()).getString("code"));
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      assertEquals(202, caller.put(job, "a0", JobImages.picture(0, 64)).statusCode());
      assertEquals(409, caller.put(job, "a0", JobImages.picture(1, 64)).statusCode());
      activate();
      caller.post("/v1/jobs/" + job + "/close");
      assertEquals(409, caller.put(job, "late", JobImages.picture(1, 64)).statusCode());
      JsonPath ended = caller.until(job, status -> status.getString("state").equals("done"));
      assertEquals(ROOM, ended.getInt("counts.done"));
      requireLeaves(job, ROOM);
    } finally {
      activate();
    }
  }

  @Test
  void aCancelledJobDropsWhatWaitsAndAnErasedOneIsGone() throws Exception {
    retire();
    try {
      String job = caller.begin(QUESTION);
      for (int i = 0; i < 10; i++) {
        caller.put(job, "b" + i, JobImages.picture(i, 64));
      }
      JsonPath cancelled = JsonPath.from(caller.post("/v1/jobs/" + job + "/cancellation").body());
      assertEquals("cancelled", cancelled.getString("state"));
      assertEquals(10, cancelled.getInt("counts.cancelled"));
      assertEquals(List.of(), caller.outcomes(job));
      assertTrue(caller.events(job).anyMatch("event:cancelled"::equals));
      HttpResponse<String> erased =
          caller.send("DELETE", "/v1/jobs/" + job, "application/json", new byte[0]);
      assertEquals(200, erased.statusCode());
      assertFalse(erased.body().contains(job));
      assertEquals(404, caller.get("/v1/jobs/" + job).statusCode());
      assertEquals(404, caller.get("/v1/jobs/" + job + "/results").statusCode());
    } finally {
      activate();
    }
  }

  @Test
  void anotherTenantSeesNoneOfIt() throws Exception {
    String job = caller.begin(QUESTION);
    JobClient other = new JobClient(host, "other");
    String path = "/v1/jobs/" + job;
    assertEquals(404, other.get(path).statusCode());
    assertEquals(404, other.get(path + "/results").statusCode());
    assertEquals(404, other.get(path + "/events").statusCode());
    assertEquals(404, other.put(job, "x", JobImages.picture(1, 8)).statusCode());
    assertEquals(404, other.post(path + "/close").statusCode());
    assertEquals(404, other.post(path + "/cancellation").statusCode());
    assertEquals(404, other.send("DELETE", path, "text/plain", new byte[0]).statusCode());
    assertFalse(other.get("/v1/jobs").body().contains(job));
    assertTrue(caller.get("/v1/jobs").body().contains(job));
  }

  @Test
  void aQuestionThatIsNotAdmittedIsRefusedAtOnceWithItsLeaf() throws Exception {
    HttpResponse<String> refused =
        caller.submit(tagging("accessibility-captions", "home", "\"angry man\",\"calm man\""));
    assertEquals(403, refused.statusCode());
    JsonPath body = JsonPath.from(refused.body());
    assertEquals("deny", body.getString("decision.effect"));
    long leaf = body.getLong("receipt.index");
    assertTrue(caller.leaves(leaf).get(leaf).startsWith(body.getString("id")));
    assertEquals(400, caller.submit("{}").statusCode());
  }

  @Test
  @Tag("R24")
  void aWithdrawalInTheMiddleOfAJobRefusesTheRest() throws Exception {
    String consent =
        JsonPath.from(
                caller
                    .send(
                        "POST",
                        "/v1/consents",
                        "application/json",
                        """
                        {"subject":"job-visitor","purpose":"accessibility-captions",
                         "kind":"regular","notice":{"id":"n","language":"en"}}"""
                            .getBytes(StandardCharsets.UTF_8))
                    .body())
            .getString("id");
    String job =
        caller.begin(
            """
            {"capability":"image-tagging","purpose":"accessibility-captions","area":"home",
             "subjects":["job-visitor"],"labels":["cat","dog"]}""");
    for (int i = 0; i < 5; i++) {
      caller.put(job, "before" + i, JobImages.picture(i, 64));
    }
    caller.until(job, status -> status.getInt("counts.done") == 5);
    caller.post("/v1/consents/" + consent + "/withdrawal");
    for (int i = 0; i < 5; i++) {
      caller.put(job, "after" + i, JobImages.picture(i, 64));
    }
    caller.until(job, status -> status.getInt("counts.refused") == 5);
    requireLeaves(job, 10);
    Map<String, List<String>> codes =
        caller.outcomes(job).stream()
            .collect(
                Collectors.groupingBy(
                    Outcome::state, Collectors.mapping(Outcome::code, Collectors.toList())));
    assertEquals(
        IntStream.range(0, 5).mapToObj(i -> "CONSENT_MISSING").toList(), codes.get("refused"));
  }

  private static void retire() throws IOException {
    ToyPackages.decide(host, "alice", model, "retirement").then().statusCode(200);
    model = "";
  }

  private static void activate() throws IOException {
    if (model.isEmpty()) {
      model = ToyPackages.switchTo(host, "clip-vit-b32");
    }
  }

  /** What the host holds on to, after a collection of the rest. */
  private static long liveBytes() throws Exception {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(host.handle().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    return Long.parseLong(lines.getLast().strip().split("\\s+")[2]);
  }
}
