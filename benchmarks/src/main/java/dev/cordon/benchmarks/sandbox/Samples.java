package dev.cordon.benchmarks.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** Times of single calls in nanoseconds. */
record Samples(long[] nanos) {
  /** One call. */
  interface Call {
    void run() throws Exception;
  }

  static Samples of(Call call, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long from = System.nanoTime();
      call.run();
      nanos[i] = System.nanoTime() - from;
    }
    return new Samples(nanos);
  }

  /** As many as fit into so much time. */
  static Samples during(Call call, long nanos) throws Exception {
    LongStream.Builder taken = LongStream.builder();
    long now = System.nanoTime();
    for (long end = now + nanos; now < end; ) {
      call.run();
      long next = System.nanoTime();
      taken.add(next - now);
      now = next;
    }
    return new Samples(taken.build().toArray());
  }

  Samples and(Samples others) {
    return new Samples(
        LongStream.concat(Arrays.stream(nanos), Arrays.stream(others.nanos)).toArray());
  }

  /** Median, 99th percentile by nearest rank and count, as columns of a table. */
  String columns() {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.3f ms | %.3f ms | %d",
        sorted[rank(0.50, sorted.length)] / 1e6,
        sorted[rank(0.99, sorted.length)] / 1e6,
        sorted.length);
  }

  private static int rank(double share, int count) {
    return (int) Math.ceil(share * count) - 1;
  }
}
