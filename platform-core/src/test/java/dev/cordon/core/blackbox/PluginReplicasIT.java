package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided about plugins at one host holds at another on the same database. */
class PluginReplicasIT {
  @TempDir static Path folder;
  private static SharedDatabase database;
  private static PluginPackages packages;
  private static PluginClient one;
  private static PluginClient two;

  @BeforeAll
  static void start() throws Exception {
    database = SharedDatabase.start(folder.resolve("secrets"));
    packages = new PluginPackages(folder.resolve("one"));
    packages.trust(folder.resolve("two"));
    one = host("one");
    two = host("two");
  }

  @AfterAll
  static void stop() throws IOException {
    for (PluginClient client : new PluginClient[] {one, two}) {
      if (client != null) {
        client.host().close();
      }
    }
    database.close();
  }

  @Test
  @Tag("R52")
  void anEnabledPackageAnswersAtBothAndAKillEndsItAtBothAtOnce() throws Exception {
    String digest = one.enabled(packages.labelMatch("1.0.0", "0"));
    await(two, 200);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PluginClient client = i % 2 == 0 ? one : two;
      callers.add(threads.submit(() -> lastAnswer(client, stop)));
    }
    Thread.sleep(2000);
    int kill = one.pull("eva", digest, "kill").statusCode(200).extract().path("receipt.index");
    long pulled = System.nanoTime();
    await(two, 503);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pulled);
    stop.set(true);
    for (Future<Integer> caller : callers) {
      int last = caller.get(60, TimeUnit.SECONDS);
      assertTrue(last >= 0, "it answered before");
      assertTrue(last < kill, "an answer at " + last + " follows the kill at " + kill);
    }
    threads.shutdown();
    System.out.println(
        "from the kill at one host to the first refusal at the other: " + millis + " ms");
    assertTrue(millis < 5_000, "the other host answered for " + millis + " ms");
    // Whoever did not pull it puts it back, here at the other host.
    two.pull("rolf", digest, "revive").statusCode(200);
    await(one, 200);
    two.decide("eva", digest, "disable").statusCode(200);
    await(one, 404);
    one.remove("eva", digest).statusCode(200);
  }

  /** Index of the last leaf with an answer. */
  private static int lastAnswer(PluginClient client, AtomicBoolean stop) throws IOException {
    int last = -1;
    while (!stop.get()) {
      Response answer = client.ask("label-match");
      if (answer.statusCode() == 200) {
        last = answer.path("receipt.index");
      }
    }
    return last;
  }

  @Test
  @Tag("R52")
  void aHotReplacementUnderLoadFailsNoCall() throws Exception {
    String quiet = one.reviewed(packages.labelMatch("5.1.0", "1"));
    String loud = one.enabled(packages.labelMatch("5.0.0", "0"));
    await(two, 200);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<int[]>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PluginClient client = i % 2 == 0 ? one : two;
      callers.add(threads.submit(() -> outcomes(client, stop)));
    }
    for (int round = 0; round < 6; round++) {
      Thread.sleep(700);
      String next = round % 2 == 0 ? quiet : loud;
      (round % 2 == 0 ? one : two).decide("eva", next, "replace").statusCode(200);
    }
    Thread.sleep(700);
    stop.set(true);
    int[] all = new int[3];
    for (Future<int[]> caller : callers) {
      int[] counted = caller.get(60, TimeUnit.SECONDS);
      for (int i = 0; i < all.length; i++) {
        all[i] += counted[i];
      }
    }
    threads.shutdown();
    assertEquals(0, all[2], "failed calls");
    assertTrue(all[0] > 0 && all[1] > 0, "both versions answered");
    one.decide("eva", loud, "disable").statusCode(200);
    one.remove("eva", loud).statusCode(200);
    one.remove("eva", quiet).statusCode(200);
    await(two, 404);
  }

  /** Answers with findings, without, and failures. */
  private static int[] outcomes(PluginClient client, AtomicBoolean stop) throws IOException {
    int[] counted = new int[3];
    while (!stop.get()) {
      Response answer = client.ask("label-match");
      boolean isAnswer = answer.statusCode() == 200;
      counted[isAnswer ? answer.<List<?>>path("findings").isEmpty() ? 1 : 0 : 2]++;
    }
    return counted;
  }

  @Test
  void aHostThatDoesNotTrustThePublisherDoesNotRunThePackage() throws Exception {
    Path key = two.host().data().resolve("plugins/trust/acme.pub");
    String kept = Files.readString(key);
    Files.delete(key);
    String digest = one.enabled(packages.labelMatch("6.0.0", "0"));
    assertEquals(200, one.ask("label-match").statusCode());
    await(two, 503);
    assertTrue(two.host().output().contains("cannot be loaded"), two.host().output());
    Files.writeString(key, kept);
    one.decide("eva", digest, "disable").statusCode(200);
    one.remove("eva", digest).statusCode(200);
    await(two, 404);
  }

  private static void await(PluginClient client, int status) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (client.ask("label-match").statusCode() != status) {
      assertTrue(System.nanoTime() < end, "no answer " + status + " within 30 s");
      Thread.sleep(50);
    }
  }

  private static PluginClient host(String name) throws IOException {
    Path data = folder.resolve(name);
    // The demo identity stands for an identity provider, which hosts share by nature.
    if (one != null) {
      Files.createDirectories(data.resolve("identity"));
      Files.copy(
          one.host().data().resolve("identity").resolve("demo.key"),
          data.resolve("identity").resolve("demo.key"));
    }
    return new PluginClient(HostProcess.start(data, database.settings(), List.of()), packages);
  }
}
