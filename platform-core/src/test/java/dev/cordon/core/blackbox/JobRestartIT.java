package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.blackbox.JobClient.Outcome;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that ends in the middle of a job. */
class JobRestartIT {
  private static final String QUESTION =
      tagging("accessibility-captions", "home", "\"zebra crossing\",\"dog\"");
  private static final int ITEMS = 250;

  private static final byte[][] PICTURES = {
    JobImages.picture(1, 300), JobImages.picture(2, 300), JobImages.picture(3, 300)
  };

  @TempDir Path data;

  @Test
  @Tag("R34")
  void aKilledHostAndAStoppedOneLoseNothingAndAnswerNothingTwice() throws Exception {
    ToyPackages.install(data, "clip-vit-b32");
    String job;
    try (HostProcess first = start()) {
      String model = ToyPackages.switchTo(first, "clip-vit-b32");
      // All of it waits, until a model answers.
      ToyPackages.decide(first, "alice", model, "retirement").then().statusCode(200);
      JobClient caller = new JobClient(first, "demo");
      job = caller.begin(QUESTION);
      for (int i = 0; i < ITEMS; i++) {
        assertEquals(202, caller.put(job, "item" + i, image(i)).statusCode());
      }
      caller.post("/v1/jobs/" + job + "/close");
      ToyPackages.switchTo(first, "clip-vit-b32");
      caller.until(job, status -> status.getInt("counts.done") >= 1);
      first.kill();
    }
    try (HostProcess second = start()) {
      JobClient caller = new JobClient(second, "demo");
      JsonPath resumed = caller.status(job);
      assertEquals("running", resumed.getString("state"), "it was killed in the middle");
      int done = resumed.getInt("counts.done");
      caller.until(job, status -> status.getInt("counts.done") >= done + 5);
    }
    try (HostProcess third = start()) {
      JobClient caller = new JobClient(third, "demo");
      assertEquals("running", caller.status(job).getString("state"), "it was stopped midway");
      caller.until(job, status -> status.getString("state").equals("done"));
      requireOneLeafEach(caller, job);
    }
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  private static void requireOneLeafEach(JobClient caller, String job) throws Exception {
    List<Outcome> outcomes = caller.outcomes(job);
    Map<Long, String> leaves = caller.leaves(0);
    Set<String> items = new HashSet<>();
    for (Outcome outcome : outcomes) {
      assertTrue(items.add(outcome.item()));
      assertTrue(leaves.get(outcome.leaf()).startsWith(outcome.id() + " " + outcome.leafHash()));
    }
    assertEquals(ITEMS, items.size());
    assertEquals(
        ITEMS,
        leaves.values().stream().filter(leaf -> leaf.endsWith(" permit analysis")).count(),
        "an answer and its leaf are committed together, so none was given twice");
  }

  /** One worker, so that the job takes a while. */
  private HostProcess start() throws IOException {
    return HostProcess.start(data, "-Dcordon.jobs.workers=1");
  }

  private static byte[] image(int seed) {
    return PICTURES[seed % PICTURES.length];
  }
}
