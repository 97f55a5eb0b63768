package dev.cordon.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs calls and takes their times. */
final class Timing {
  private Timing() {}

  /** One call, given its number. */
  interface Call {
    void run(int number) throws Exception;
  }

  /** Times calls with the numbers from {@code from} on, one after another. */
  static long[] times(Call call, int from, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      call.run(from + i);
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  /** After a warm-up of as many calls, the percentiles of one kind of call. */
  static Percentiles measured(Call call, int count) throws Exception {
    times(call, 0, count);
    return new Percentiles(times(call, 0, count));
  }

  /** Calls a second when so many threads make the calls together. */
  static double throughput(Call call, int threads, int count) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < threads; worker++) {
      workers.add(
          () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              call.run(i);
            }
            return null;
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      long start = System.nanoTime();
      for (Future<Void> done : pool.invokeAll(workers)) {
        done.get();
      }
      return count / ((System.nanoTime() - start) / 1e9);
    }
  }
}
