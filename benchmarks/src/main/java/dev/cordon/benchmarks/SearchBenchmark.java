package dev.cordon.benchmarks;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.gallery.index.Hit;
import dev.cordon.gallery.index.VectorIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/**
 * Recall and latency of a collection's index at 100,000 vectors of 384 numbers: seeded, around
 * 1,000 Gaussian centres with as much noise as centre; queries come from the same mixture.
 */
final class SearchBenchmark {
  private static final int VECTORS = 100_000;
  private static final int CENTRES = 1_000;
  private static final int QUERIES = 1_000;
  private static final int K = 10;
  private static final VectorSpace SPACE = new VectorSpace("0".repeat(64), "bench", 384);

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20261125);
  private final float[][] centres = new float[CENTRES][];

  private SearchBenchmark() {
    for (int i = 0; i < CENTRES; i++) {
      centres[i] = gaussian();
    }
  }

  static void run() throws Exception {
    new SearchBenchmark().measure();
  }

  private void measure() throws Exception {
    long empty = heapMegabytes();
    VectorIndex index = new VectorIndex(SPACE);
    for (int i = 0; i < VECTORS; i++) {
      index.put("item-" + i, next());
    }
    long filled = heapMegabytes();
    List<UnitVector> queries = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      queries.add(next());
    }
    Percentiles exact =
        Timing.measured(number -> index.nearestExactly(queries.get(number), K), QUERIES / 10);
    long start = System.nanoTime();
    index.connect();
    double buildSeconds = (System.nanoTime() - start) / 1e9;
    long connected = heapMegabytes();
    Percentiles graph =
        Timing.measured(number -> index.nearest(queries.get(number), K, item -> true), QUERIES);
    System.out.printf(
        Locale.ROOT,
        "%n| search of %d vectors of %d numbers, k = %d | p10 | p50 | p99 | calls |%n",
        VECTORS,
        SPACE.dimension(),
        K);
    System.out.println("|---|---|---|---|---|");
    System.out.println("| every vector compared | " + exact + " |");
    System.out.println("| graph | " + graph + " |");
    System.out.printf(
        Locale.ROOT,
        "%nrecall@%d %.4f over %d queries; built in %.1f s by one thread; heap %d MiB for the"
            + " vectors, %d MiB more for the graph%n",
        K,
        recall(index, queries),
        QUERIES,
        buildSeconds,
        filled - empty,
        connected - filled);
    remove(index);
  }

  private static void remove(VectorIndex index) {
    long start = System.nanoTime();
    index.remove(List.of("item-1"));
    double one = (System.nanoTime() - start) / 1e6;
    System.out.printf(Locale.ROOT, "one item taken out of the graph in %.1f ms%n", one);
  }

  private static double recall(VectorIndex index, List<UnitVector> queries) {
    long found = 0;
    for (UnitVector query : queries) {
      Set<String> exact =
          index.nearestExactly(query, K).stream().map(Hit::item).collect(Collectors.toSet());
      Set<String> hits = new HashSet<>(exact);
      hits.retainAll(index.nearest(query, K, item -> true).stream().map(Hit::item).toList());
      found += hits.size();
    }
    return (double) found / (K * queries.size());
  }

  private UnitVector next() {
    float[] values = gaussian();
    float[] centre = centres[random.nextInt(CENTRES)];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] += centre[i];
      squares += (double) values[i] * values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / Math.sqrt(squares));
    }
    return new UnitVector(SPACE, values);
  }

  private float[] gaussian() {
    float[] values = new float[SPACE.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static long heapMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
