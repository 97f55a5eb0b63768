package dev.cordon.benchmarks;

import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.Hit;
import dev.cordon.policy.screening.Screening;
import dev.cordon.policy.screening.Verdict;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision of the shipped packs at the admission stage, screening and consent given. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PolicyBenchmark {
  private final PolicyDecisionPoint policy = shipped();
  private final Facts permitted = facts(Screening.CLEAN);
  private final Facts denied =
      facts(new Screening(Verdict.BLOCK, List.of(new Hit("emotion", "label", "labels[0]"))));

  /** Fails here rather than measure the wrong thing. */
  public PolicyBenchmark() {
    if (policy.decide(permitted).effect() != Effect.PERMIT
        || policy.decide(denied).effect() != Effect.DENY) {
      throw new IllegalStateException("the shipped packs decide otherwise");
    }
  }

  /** All rules are asked, the demo's permit holds. */
  @Benchmark
  public Decision permits() {
    return policy.decide(permitted);
  }

  /** A rule of the biometric floor forbids. */
  @Benchmark
  public Decision denies() {
    return policy.decide(denied);
  }

  static PolicyDecisionPoint shipped() {
    try {
      return new PolicyDecisionPoint(BundleLoader.load(Optional.empty()));
    } catch (PolicyLoadException e) {
      throw new IllegalStateException(e);
    }
  }

  static Facts facts(Screening screening) {
    return new Facts(
        Stage.ADMISSION,
        Instant.parse("2026-11-24T12:00:00Z"),
        "demo",
        Set.of("caller"),
        "image-tagging",
        Question.PURPOSE,
        Question.AREA,
        Set.of(),
        0,
        0,
        screening,
        Optional.empty(),
        Optional.empty());
  }
}
