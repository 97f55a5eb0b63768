package dev.cordon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.benchmarks.Timing.Call;
import dev.cordon.models.registry.ModelPackage;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Raw inference and the governed path in one run, in turns: a block of the one, a pause until its
 * runtime's threads have stopped spinning, a block of the other, so that a drift of the machine
 * hits both.
 */
final class SideBySide {
  private static final int BLOCK = 10;
  private static final int BLOCKS = 40;
  private static final int WARM_UP = 2_000;
  private static final int PAUSE_MILLIS = 30;
  private static final int CLIENTS = 16;
  private static final int BURST = 160;
  private static final int BURSTS = 3;
  private static final double SAME_SCORE = 1e-3;

  private final RawAnalysis raw;
  private final GovernedHost host;
  private final Photos photos;

  private SideBySide(RawAnalysis raw, GovernedHost host, Photos photos) {
    this.raw = raw;
    this.host = host;
    this.photos = photos;
  }

  static void run(Path home, Path folder, int threads) throws Exception {
    Photos photos = Photos.of(folder);
    ModelPackage pack = ModelPackage.open(home.resolve("models/starter"));
    try (RawAnalysis raw = RawAnalysis.open(pack, threads);
        GovernedHost host = GovernedHost.start(home, threads)) {
      SideBySide peers = new SideBySide(raw, host, photos);
      peers.requireSameAnswers();
      System.out.printf("%nside by side, %d photographs, %s%n", photos.size(), photos.names());
      peers.latency();
      peers.throughput();
    }
  }

  private void latency() throws Exception {
    Call analyse = i -> raw.analyse(photos.jpeg(i));
    Call session = i -> raw.run();
    Call governed = i -> host.analyse(photos.body(i));
    Timing.times(analyse, 0, WARM_UP);
    Timing.times(governed, 0, WARM_UP);
    long[][] nanos = new long[3][BLOCK * BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      Call[] order = {session, analyse, governed};
      for (int turn = 0; turn < order.length; turn++) {
        // The first peer of a block changes, so that none always follows the same other.
        int peer = (block + turn) % order.length;
        Thread.sleep(PAUSE_MILLIS);
        order[peer].run(0);
        long[] times = Timing.times(order[peer], block * BLOCK, BLOCK);
        System.arraycopy(times, 0, nanos[peer], block * BLOCK, BLOCK);
      }
    }
    Percentiles floor = new Percentiles(nanos[0]);
    Percentiles peer = new Percentiles(nanos[1]);
    Percentiles ours = new Percentiles(nanos[2]);
    System.out.println("| concurrency 1 | p10 | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|---|");
    System.out.println("| raw: `session.run` alone | " + floor + " |");
    System.out.println("| raw: JPEG to probabilities | " + peer + " |");
    System.out.println("| governed `POST /v1/analyses` | " + ours + " |");
    System.out.printf(
        "| governed against raw | %s | %s | %s | |%n",
        against(ours, peer, 10), against(ours, peer, 50), against(ours, peer, 99));
  }

  private static String against(Percentiles ours, Percentiles peer, double percent) {
    return String.format(
        Locale.ROOT,
        "x %.3f, %+.3f ms",
        ours.millis(percent) / peer.millis(percent),
        ours.millis(percent) - peer.millis(percent));
  }

  private void throughput() throws Exception {
    Call analyse = i -> raw.analyse(photos.jpeg(i));
    Call governed = i -> host.analyse(photos.body(i));
    Timing.throughput(analyse, CLIENTS, BURST);
    Timing.throughput(governed, CLIENTS, BURST);
    double peer = 0;
    double ours = 0;
    for (int burst = 0; burst < BURSTS; burst++) {
      Thread.sleep(PAUSE_MILLIS);
      peer += Timing.throughput(analyse, CLIENTS, BURST) / BURSTS;
      Thread.sleep(PAUSE_MILLIS);
      ours += Timing.throughput(governed, CLIENTS, BURST) / BURSTS;
    }
    System.out.println("\n| concurrency " + CLIENTS + " | calls a second | calls |");
    System.out.println("|---|---|---|");
    System.out.printf(Locale.ROOT, "| raw | %.1f | %d |%n", peer, BURST * BURSTS);
    System.out.printf(Locale.ROOT, "| governed | %.1f | %d |%n", ours, BURST * BURSTS);
    System.out.printf(Locale.ROOT, "| governed against raw | x %.3f | |%n", ours / peer);
  }

  /** Times of unequal work would say nothing. */
  private void requireSameAnswers() throws Exception {
    for (int photo = 0; photo < photos.size(); photo++) {
      double[] expected = raw.analyse(photos.jpeg(photo));
      JsonNode findings =
          new ObjectMapper().readTree(host.analyse(photos.body(photo))).get("findings");
      for (JsonNode finding : findings) {
        int label = Question.LABELS.indexOf(finding.get("label").asText());
        if (label >= 0
            && Math.abs(finding.get("score").asDouble() - expected[label]) > SAME_SCORE) {
          throw new IllegalStateException(
              "the peers disagree about " + photos.names().get(photo) + ": " + findings);
        }
      }
      if (findings.size() != Question.LABELS.size() + 1) {
        throw new IllegalStateException("the host did not answer for every label");
      }
    }
  }
}
