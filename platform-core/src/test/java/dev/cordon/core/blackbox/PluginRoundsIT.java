package dev.cordon.core.blackbox;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.evaluation.Result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages come and go, and the host stays as it was. */
class PluginRoundsIT {
  private static final int WARM = 20;
  private static final int ROUNDS = 50;

  @TempDir Path folder;

  @Test
  void fiftyRoundsLeaveThreadsClassesAndMemoryFlat() throws Exception {
    PluginPackages packages = new PluginPackages(folder);
    byte[] archive = packages.labelMatch("1.0.0", "0");
    try (HostProcess host = HostProcess.start(folder, "-Xmx512m", "-XX:+UseSerialGC")) {
      PluginClient client = new PluginClient(host, packages);
      for (int i = 0; i < WARM; i++) {
        round(client, archive);
      }
      Size before = Size.of(host);
      for (int i = 0; i < ROUNDS; i++) {
        round(client, archive);
      }
      Size after = Size.of(host);
      String both = before + " -> " + after;
      System.out.println("rounds: " + both);
      assertTrue(after.threads() <= before.threads() + 3, both);
      // A round compiles a package three times (install, try-out, load), each to a class or more.
      // A leak would be three a round; the host's own late classes were at most 53 in all.
      assertTrue(after.classes() < before.classes() + 2 * ROUNDS, both);
      assertTrue(after.kilobytes() < before.kilobytes() * 1.1, both);
    }
  }

  private static void round(PluginClient client, byte[] archive) throws IOException {
    String digest = client.install("ines", archive).statusCode(201).extract().path("plugin.digest");
    client
        .review("rolf", digest, client.packages().evaluation(digest, Outcome.PASSED))
        .statusCode(200);
    client.decide("eva", digest, "enable").statusCode(200);
    assertEquals(200, client.ask("label-match").statusCode());
    client.decide("eva", digest, "disable").statusCode(200);
    client.remove("eva", digest).statusCode(200);
  }

  /** Of the host after a collection of garbage. */
  private record Size(long threads, long classes, long kilobytes) {
    static Size of(HostProcess host) throws Exception {
      long pid = host.handle().pid();
      for (int i = 0; i < 3; i++) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run").start().waitFor();
        Thread.sleep(1000);
      }
      String metrics = given().get(host.url() + "/q/metrics").asString();
      long kilobytes =
          Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum();
      return new Size(
          metric(metrics, "jvm_threads_live_threads"),
          metric(metrics, "jvm_classes_loaded_classes"),
          kilobytes);
    }

    private static long metric(String metrics, String name) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }
}
