package dev.cordon.benchmarks;

import dev.cordon.benchmarks.Timing.Call;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.registry.ModelPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The governed host against raw ONNX Runtime and against transformers.js, over the same package, in
 * turns: with the starter, and with a graph as large as CLIP ViT-B/32 whose weights are random.
 */
final class Peers {
  private static final int[] CLIENTS = {1, 4, 16};
  private static final int CALLS = 96;
  private static final int ROUNDS = 4;
  private static final int PAUSE_MILLIS = 50;

  /** Bursts of each peer before the first that counts: as many as the JVM's compilers want. */
  private static final int WARM_UP = 8;

  private final Map<String, Call> peers;

  private Peers(Map<String, Call> peers) {
    this.peers = peers;
  }

  static void run(Path home, Path photos, int threads) throws Exception {
    compare(home, home.resolve("models/starter"), Photos.of(photos), threads);
    compare(home, FullSize.folder(home), Photos.of(photos), threads);
  }

  private static void compare(Path home, Path folder, Photos photos, int threads) throws Exception {
    ModelPackage pack = ModelPackage.open(folder);
    float[][] texts = texts(pack, threads);
    try (RawAnalysis raw = RawAnalysis.open(pack, threads);
        PeerServer node = PeerServer.start(home, folder, pack, texts, threads);
        GovernedHost host = GovernedHost.startWith(home, folder, pack.digest(), threads)) {
      Map<String, Call> peers = new LinkedHashMap<>();
      peers.put("raw ONNX Runtime in Java", i -> raw.analyse(photos.jpeg(i)));
      peers.put("transformers.js", i -> node.analyse(photos.jpeg(i)));
      peers.put("governed", i -> host.analyse(photos.body(i)));
      System.out.printf("%n### `%s`%n", pack.manifest().id());
      new Peers(peers).measure();
    }
  }

  private static float[][] texts(ModelPackage pack, int threads) throws Exception {
    List<String> prompts = Question.prompts();
    float[][] vectors = new float[prompts.size()][];
    try (var model = OnnxImageTextModel.load(pack, new OnnxOptions(threads))) {
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = model.embedText(prompts.get(i));
      }
    }
    return vectors;
  }

  private void measure() throws Exception {
    System.out.println("\n| clients | peer | calls a second | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|---|---|");
    for (int burst = 0; burst < WARM_UP; burst++) {
      for (Call call : peers.values()) {
        burst(call, CLIENTS[1]);
      }
    }
    for (int clients : CLIENTS) {
      Map<String, List<Burst>> bursts = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<String> order = new ArrayList<>(peers.keySet());
        java.util.Collections.rotate(order, round);
        for (String name : order) {
          Thread.sleep(PAUSE_MILLIS);
          bursts.computeIfAbsent(name, _ -> new ArrayList<>()).add(burst(peers.get(name), clients));
        }
      }
      for (String name : peers.keySet()) {
        print(clients, name, bursts.get(name));
      }
    }
  }

  private static void print(int clients, String name, List<Burst> bursts) {
    long[] nanos = bursts.stream().flatMapToLong(b -> java.util.Arrays.stream(b.nanos())).toArray();
    Percentiles times = new Percentiles(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %.1f | %.1f ms | %.1f ms | %d |%n",
        clients,
        name,
        bursts.stream().mapToDouble(Burst::rate).average().orElseThrow(),
        times.millis(50),
        times.millis(99),
        nanos.length);
  }

  private record Burst(double rate, long[] nanos) {}

  /** So many clients, each of which asks again as soon as it is answered. */
  private static Burst burst(Call call, int clients) throws Exception {
    AtomicInteger next = new AtomicInteger();
    long[] nanos = new long[CALLS];
    List<Callable<Void>> askers = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      askers.add(
          () -> {
            for (int i = next.getAndIncrement(); i < CALLS; i = next.getAndIncrement()) {
              long start = System.nanoTime();
              call.run(i);
              nanos[i] = System.nanoTime() - start;
            }
            return null;
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      long start = System.nanoTime();
      for (Future<Void> done : pool.invokeAll(askers)) {
        done.get();
      }
      return new Burst(CALLS / ((System.nanoTime() - start) / 1e9), nanos);
    }
  }
}
