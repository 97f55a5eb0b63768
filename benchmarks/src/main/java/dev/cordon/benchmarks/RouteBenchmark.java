package dev.cordon.benchmarks;

import dev.cordon.core.routing.choice.Asked;
import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice;
import dev.cordon.core.routing.choice.Chooser;
import dev.cordon.core.routing.choice.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The choice of a target for one call, with the candidates and what is asked of them made anew, as
 * the router does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RouteBenchmark {
  private static final Set<String> TENANTS = Set.of("acme", "demo");
  private static final Set<String> CLASSES = Set.of("unclassified", "personal");

  /** Besides the edge. */
  @Param({"1", "4", "32"})
  public int targets;

  private final Chooser chooser = new Chooser(10_000);

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
    candidates.add(Candidate.edge(12, 0));
    for (int i = 0; i < targets; i++) {
      candidates.add(
          new Candidate("target", "EU", TENANTS, CLASSES, Optional.empty(), 5 + i, 0.0001));
    }
    return candidates;
  }
}
