package dev.cordon.benchmarks;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Governed calls a second with a graph in miniature at the edge alone, at a real server on the same
 * machine alone, and where the router sends them.
 */
final class TargetThroughput {
  private static final int CLIENTS = 16;
  private static final int BURST = 160;
  private static final int BURSTS = 4;

  private TargetThroughput() {}

  static void run(Path home, int threads) throws Exception {
    Photos photos = Photos.of(home.resolve("samples"));
    Map<String, String> modes = new LinkedHashMap<>();
    modes.put("edge alone (pinned)", Question.pinned("edge"));
    modes.put("target alone (pinned)", Question.pinned(RoutedHost.TARGET));
    modes.put("mixed (the router chooses)", Question.json());
    try (RealServers servers = RealServers.start(RoutedHost.pack(home))) {
      for (Place place : List.of(Place.TRITON_GRPC, Place.TRITON_REST)) {
        try (RoutedHost host = RoutedHost.start(home, servers.uri(place), threads)) {
          System.out.printf(
              "%n| %s, %d clients | calls/s | at the target | calls |%n",
              place.name().toLowerCase(Locale.ROOT).replace('_', ' '), CLIENTS);
          System.out.println("|---|---|---|---|");
          measure(host, photos, modes);
        }
      }
    }
  }

  private static void measure(RoutedHost host, Photos photos, Map<String, String> modes)
      throws Exception {
    Map<String, Double> rates = new LinkedHashMap<>();
    Map<String, AtomicInteger> there = new LinkedHashMap<>();
    for (int burst = -1; burst < BURSTS; burst++) {
      for (Map.Entry<String, String> mode : modes.entrySet()) {
        AtomicInteger left = new AtomicInteger();
        List<byte[]> bodies =
            IntStream.range(0, photos.size())
                .mapToObj(i -> GovernedHost.body(photos.jpeg(i), mode.getValue()))
                .toList();
        double rate =
            Timing.throughput(
                i -> {
                  if (host.ask(bodies.get(i % bodies.size())).equals(RoutedHost.TARGET)) {
                    left.incrementAndGet();
                  }
                },
                CLIENTS,
                BURST);
        // The first burst of each warms up.
        if (burst >= 0) {
          rates.merge(mode.getKey(), rate / BURSTS, Double::sum);
          there.computeIfAbsent(mode.getKey(), _ -> new AtomicInteger()).addAndGet(left.get());
        }
      }
    }
    rates.forEach(
        (mode, rate) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %d | %d |%n",
                mode,
                rate,
                there.get(mode).get(),
                BURST * BURSTS));
  }
}
