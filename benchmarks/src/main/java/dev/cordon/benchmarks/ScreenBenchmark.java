package dev.cordon.benchmarks;

import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Screening;
import dev.cordon.policy.screening.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** The screen over harmless labels of four words each, with the default template. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScreenBenchmark {
  @Param({"10", "1000"})
  private int labels;

  private final PromptScreen screen = PromptScreen.shipped();
  private ScreenedTexts texts;

  /** Fails here rather than measure the wrong thing. */
  @Setup
  public void ask() {
    texts =
        new ScreenedTexts(Question.labels(labels), List.of(Question.TEMPLATE), Optional.empty());
    if (screen.screen(texts).verdict() != Verdict.ALLOW) {
      throw new IllegalStateException("the screen stops harmless labels");
    }
  }

  /** Every label, and every template with every label. */
  @Benchmark
  public Screening screens() {
    return screen.screen(texts);
  }
}
