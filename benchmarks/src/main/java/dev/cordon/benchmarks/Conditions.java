package dev.cordon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** The circumstances without which a measurement says nothing. */
final class Conditions {
  private Conditions() {}

  static void print(int threads) throws IOException {
    System.out.printf(
        "commit %s, %s%n",
        System.getProperty("commit", "unknown"), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    System.out.printf(
        "%s, %d cores, %s, %d threads a run%n",
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        threads);
    System.out.printf(
        "JDK %s, ONNX Runtime %s%n",
        Runtime.version(), dev.cordon.models.onnx.OnnxRuntime.environment().getVersion());
    load("before");
  }

  static void load(String when) throws IOException {
    Path file = Path.of("/proc/loadavg");
    if (Files.exists(file)) {
      System.out.printf("load %s: %s", when, Files.readString(file));
    }
  }

  private static String cpu() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.exists(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
