package dev.cordon.benchmarks;

import dev.cordon.benchmarks.detection.DetectionQuality;
import dev.cordon.benchmarks.sandbox.SandboxBenchmark;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * The command line: {@code [NAME] [--photos DIR]}, without a name all of them; {@code detection
 * FOLDER} is for labelled photographs, {@code job [COUNT]} for a job of so many images, {@code oip
 * NAME} for targets.
 */
public final class Benchmarks {
  private static final List<String> NAMES =
      List.of(
          "policy",
          "screen",
          "route",
          "append",
          "decode",
          "search",
          "sandbox",
          "side-by-side",
          "stages",
          "peers",
          "soak");
  private static final Set<String> WITH_ARGUMENTS = Set.of("detection", "job", "oip");
  private static final int MOST_THREADS = 4;
  private static final int MANY_IMAGES = 10_000;

  private Benchmarks() {}

  /** Prints tables in Markdown. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(System.getenv().getOrDefault("CORDON_HOME", "."));
    // As the host does when nothing is configured.
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    if (arguments.length > 0 && WITH_ARGUMENTS.contains(arguments[0])) {
      Conditions.print(threads);
      measure(arguments, home, threads);
      Conditions.load("after " + String.join(" ", arguments));
      System.exit(0);
    }
    Path photos = home.resolve("samples");
    List<String> asked = NAMES;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--photos") && i + 1 < arguments.length) {
        photos = Path.of(arguments[++i]);
      } else if (NAMES.contains(arguments[i])) {
        asked = List.of(arguments[i]);
      } else {
        System.err.println(
            "usage: ./cordon bench ["
                + String.join("|", NAMES)
                + "] [--photos DIR] | detection FOLDER | job [COUNT] | oip client|throughput|failover");
        System.exit(2);
      }
    }
    Conditions.print(threads);
    for (String name : asked) {
      measure(name, home, photos, threads);
      Conditions.load("after " + name);
    }
    System.exit(0);
  }

  private static void measure(String[] arguments, Path home, int threads) throws Exception {
    String argument = arguments.length > 1 ? arguments[1] : "";
    switch (arguments[0]) {
      case "detection" -> DetectionQuality.run(home, Path.of(argument), threads);
      case "job" -> {
        int images = argument.isEmpty() ? MANY_IMAGES : Integer.parseInt(argument);
        JobBenchmark.run(home, images, threads);
      }
      default -> targets(argument, home, threads);
    }
  }

  private static void targets(String name, Path home, int threads) throws Exception {
    switch (name) {
      case "client" -> ClientOverhead.run(home);
      case "throughput" -> TargetThroughput.run(home, threads);
      default -> FailOver.run(home, threads);
    }
  }

  private static void measure(String name, Path home, Path photos, int threads) throws Exception {
    switch (name) {
      case "policy" -> jmh(PolicyBenchmark.class);
      case "screen" -> jmh(ScreenBenchmark.class);
      case "route" -> jmh(RouteBenchmark.class);
      case "append" -> jmh(AppendBenchmark.class);
      case "decode" -> Decoding.run(photos);
      case "search" -> SearchBenchmark.run();
      case "sandbox" -> SandboxBenchmark.run(home, threads);
      case "side-by-side" -> SideBySide.run(home, photos, threads);
      case "peers" -> Peers.run(home, photos, threads);
      case "soak" -> FullSize.run(home, threads);
      default -> Stages.run(home, photos, threads);
    }
  }

  private static void jmh(Class<?> benchmark) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName())
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    System.out.println("\n| " + benchmark.getSimpleName() + " | p10 | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|---|");
    for (RunResult result : results) {
      Statistics micros = result.getPrimaryResult().getStatistics();
      String parameters =
          result.getParams().getParamsKeys().stream()
              .map(key -> ", " + result.getParams().getParam(key) + " " + key)
              .reduce("", String::concat);
      System.out.printf(
          Locale.ROOT,
          "| %s%s | %.1f µs | %.1f µs | %.1f µs | %d |%n",
          result.getPrimaryResult().getLabel(),
          parameters,
          micros.getPercentile(10),
          micros.getPercentile(50),
          micros.getPercentile(99),
          micros.getN());
    }
  }
}
