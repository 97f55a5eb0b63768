package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.blackbox.JobClient.Outcome;
import dev.cordon.core.wiring.Database;
import dev.cordon.core.wiring.EmbeddedDatabase;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a job ends that nobody waits for, or that takes too long. */
class JobEndsIT {
  private static final String QUESTION =
      tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final byte[] QUICK = JobImages.picture(1, 64);

  /** On it the family `endless` counts for minutes. */
  private static final byte[] ENDLESS = JobImages.white(64);

  @TempDir static Path data;
  private static HostProcess host;
  private static JobClient caller;

  @BeforeAll
  static void start() throws Exception {
    host = start(data, "-Dcordon.models.deadline=PT5M");
    caller = new JobClient(host, "demo");
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
    requireSoundLog(data);
  }

  @Test
  @Tag("R34")
  void aCancelledItemStopsRunningAndLeavesNoAnswer() throws Exception {
    String job = caller.begin(QUESTION);
    caller.put(job, "endless", ENDLESS);
    awaitAttempts(data, job, "endless", 1);
    JsonPath cancelled = JsonPath.from(caller.post("/v1/jobs/" + job + "/cancellation").body());
    assertEquals("cancelled", cancelled.getString("state"));
    assertEquals(1, cancelled.getInt("counts.cancelled"));
    // There is one worker, and it is free long before the deadline of the run that was ended.
    long began = System.nanoTime();
    String next = caller.begin(QUESTION);
    caller.put(next, "quick", QUICK);
    caller.until(next, status -> status.getInt("counts.done") == 1);
    assertTrue(System.nanoTime() - began < Duration.ofMinutes(1).toNanos());
    assertEquals(List.of(), caller.outcomes(job));
    assertEquals("cancelled", caller.status(job).getString("state"));
    awaitNoImage(data, job);
    assertTrue(
        caller.leaves(0).values().stream().anyMatch(leaf -> leaf.endsWith(" error analysis")),
        "the run that was ended has its leaf");
  }

  @Test
  @Tag("R34")
  void anItemThatTakesAllItsTimeIsGivenUpAtTheTenthAttempt(@TempDir Path data) throws Exception {
    try (HostProcess host = start(data, "-Dcordon.models.deadline=PT1S")) {
      JobClient caller = new JobClient(host, "demo");
      String job = caller.begin(QUESTION);
      caller.put(job, "endless", ENDLESS);
      awaitAttempts(data, job, "endless", 2);
      // Pauses double, so the attempts between are taken as made.
      assertEquals(1, change(data, "update jobs.item set attempts = 9 where job = ?", job));
      awaitAttempts(data, job, "endless", 10);
      caller.put(job, "quick", QUICK);
      caller.post("/v1/jobs/" + job + "/close");
      JsonPath ended = caller.until(job, status -> status.getString("state").equals("done"));
      assertEquals(1, ended.getInt("counts.failed"));
      assertEquals(1, ended.getInt("counts.done"));
      Outcome given =
          caller.outcomes(job).stream()
              .filter(outcome -> outcome.item().equals("endless"))
              .findFirst()
              .orElseThrow();
      assertEquals("INTERNAL", given.code());
      assertTrue(caller.leaves(0).get(given.leaf()).startsWith(given.id()));
      awaitNoImage(data, job);
    }
    requireSoundLog(data);
  }

  @Test
  void whatIsOverItsTimeIsHiddenAtOnceAndDestroyedByTheNextSweep() throws Exception {
    String old = finished();
    String young = finished();
    change(
        data, "update jobs.job set created_at = created_at - interval '1 day' where id = ?", old);
    String path = "/v1/jobs/" + old;
    assertEquals(404, caller.get(path).statusCode());
    assertEquals(404, caller.get(path + "/results").statusCode());
    assertEquals(404, caller.get(path + "/events").statusCode());
    assertFalse(caller.get("/v1/jobs").body().contains(old));
    // Whatever removes something sweeps; so does the watch, once a minute.
    caller.post("/v1/jobs/" + caller.begin(QUESTION) + "/cancellation");
    assertEquals(0, count(data, "select count(*) from jobs.job where id = ?", old));
    assertEquals(0, count(data, "select count(*) from jobs.item where job = ?", old));
    assertEquals(1, caller.outcomes(young).size(), "one that is not over stays");
  }

  @Test
  void whoComesBackIsToldOnlyWhatTheyHaveNotSeen() throws Exception {
    String job = withOneDone();
    try (var events = caller.events(job, "")) {
      assertEquals("id:open-1-0", firstId(events));
    }
    try (var events = caller.events(job, "open-0-1")) {
      assertEquals("id:open-1-0", firstId(events), "what was missed is told at once");
    }
    try (var events = caller.events(job, "open-1-0")) {
      // Told again, it would come with the first look, which is before this is done.
      caller.put(job, "second", QUICK);
      caller.until(job, status -> status.getInt("counts.done") == 2);
      assertTrue(List.of("id:open-1-1", "id:open-2-0").contains(firstId(events)));
    }
    caller.post("/v1/jobs/" + job + "/close");
    try (var events = caller.events(job, "done-2-0")) {
      assertTrue(events.toList().contains("event:done"), "the end is told however often");
    }
  }

  private static String firstId(Stream<String> events) {
    return events.filter(line -> line.startsWith("id:")).findFirst().orElseThrow();
  }

  private static String finished() throws Exception {
    String job = withOneDone();
    caller.post("/v1/jobs/" + job + "/close");
    return job;
  }

  private static String withOneDone() throws Exception {
    String job = caller.begin(QUESTION);
    caller.put(job, "first", QUICK);
    caller.until(job, status -> status.getInt("counts.done") == 1);
    return job;
  }

  private static HostProcess start(Path data, String deadline) throws Exception {
    ToyPackages.install(data, "endless");
    HostProcess host = HostProcess.start(data, deadline, "-Dcordon.jobs.workers=1");
    ToyPackages.switchTo(host, "endless");
    return host;
  }

  private static void requireSoundLog(Path data) throws Exception {
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  private static void awaitAttempts(Path data, String job, String item, int least)
      throws Exception {
    String sql = "select attempts from jobs.item where job = ? and name = '" + item + "'";
    for (int looks = 0; count(data, sql, job) < least; looks++) {
      assertTrue(looks < 600, () -> "`" + item + "` was not tried " + least + " times");
      Thread.sleep(50);
    }
  }

  /** Well before the sweep that would remove it within a minute. */
  private static void awaitNoImage(Path data, String job) throws Exception {
    for (int looks = 0;
        count(data, "select count(*) from jobs.image where job = ?", job) > 0;
        looks++) {
      assertTrue(looks < 100, "an image is kept that nothing runs");
      Thread.sleep(50);
    }
  }

  private static int count(Path data, String sql, String job) throws Exception {
    try (Connection connection = connect(data);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, UUID.fromString(job));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static int change(Path data, String sql, String job) throws Exception {
    try (Connection connection = connect(data);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, UUID.fromString(job));
      return statement.executeUpdate();
    }
  }

  private static Connection connect(Path data) throws Exception {
    Database database = EmbeddedDatabase.running(data).orElseThrow();
    return DriverManager.getConnection(
        database.url(), database.runtime().user(), database.runtime().password());
  }
}
