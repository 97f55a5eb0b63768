package dev.cordon.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Times of single calls in nanoseconds, sorted; nearest-rank percentiles. The tenth percentile is
 * the one that busy neighbours change least.
 */
record Percentiles(long[] nanos) {
  Percentiles {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  double millis(double percent) {
    int rank = (int) Math.ceil(percent / 100 * nanos.length);
    return nanos[Math.clamp(rank - 1, 0, nanos.length - 1)] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f ms | %.3f ms | %.3f ms | %d",
        millis(10),
        millis(50),
        millis(99),
        nanos.length);
  }
}
