package dev.cordon.benchmarks;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.routing.choice.Asked;
import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice;
import dev.cordon.core.routing.choice.Chooser;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.RoutingFiles;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.core.routing.fleet.TargetMeters;
import dev.cordon.core.routing.fleet.Targets;
import dev.cordon.models.registry.ModelPackage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The choice of a target for one call among real targets, each asked how it stands, with what is
 * asked of them made anew, as the router does. Nobody listens at the targets and none was probed,
 * so each is taken to be well after it has been asked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RouteBenchmark {
  private static final String TARGET =
      """
        - id: target-%1$d
          url: http://127.0.0.1:%2$d
          region: EU
          tenants: [acme, demo]
          data_classes: [unclassified, personal]
          price: { per_call: 0.0001, per_second: 0.01, per_gigabyte: 0.05 }
          packages: { toy-clip-vit-b32: { image: image } }
      """;

  /** Besides the edge. */
  @Param({"1", "4", "32"})
  public int targets;

  private final Chooser chooser = new Chooser(10_000);
  private ModelPackage pack;
  private Targets fleet;

  /** Opens the package in miniature and as many targets. */
  @Setup
  public void open() throws Exception {
    pack =
        ModelPackage.open(
            Path.of(System.getenv("CORDON_HOME"), "models/testdata/families/clip-vit-b32"));
    String yaml =
        IntStream.range(0, targets)
            .mapToObj(i -> TARGET.formatted(i, 20_000 + i))
            .collect(Collectors.joining("", "targets:\n", ""));
    Path folder = Files.createTempDirectory("cordon-route");
    Files.writeString(folder.resolve("fleet.yaml"), yaml);
    CordonConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(CordonConfig.class)
            .build()
            .getConfigMapping(CordonConfig.class);
    fleet =
        new Targets(
            RoutingFiles.load(folder),
            config,
            null,
            new TargetMeters(new SimpleMeterRegistry()),
            Clock.systemUTC());
  }

  /** Ends the connections. */
  @TearDown
  public void close() {
    fleet.all().forEach(Target::close);
  }

  /** No target is ruled out, so all are compared. */
  @Benchmark
  public Choice chooses() {
    return chooser.choose(asked("EU"), candidates());
  }

  /** All targets lie in another region than the policy asks for. */
  @Benchmark
  public Choice filters() {
    return chooser.choose(asked("US"), candidates());
  }

  /** The tenant's budget is spent and every target has a price. */
  @Benchmark
  public Choice spent() {
    return chooser.choose(
        asked("EU"),
        candidates().stream()
            .map(each -> each.isEdge() ? each : each.with(Rejection.BUDGET_EXHAUSTED))
            .toList());
  }

  private static Asked asked(String region) {
    return new Asked(
        "demo",
        Optional.empty(),
        Set.of(region),
        Set.of("unclassified"),
        Optional.empty(),
        Optional.empty());
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.edge(fleet.edge().expectedMillis(), 0));
    for (Target target : fleet.all()) {
      candidates.add(probed(target.candidate(pack)));
    }
    return candidates;
  }

  private static Candidate probed(Candidate each) {
    return new Candidate(
        each.id(),
        each.region(),
        each.tenants(),
        each.dataClasses(),
        Optional.empty(),
        each.expectedMillis(),
        each.price());
  }
}
