package dev.cordon.benchmarks;

import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What callers notice when the server that answers them is frozen or killed under load: the time
 * until the first answer from elsewhere, and the longest call.
 */
final class FailOver {
  private static final int CLIENTS = 4;
  private static final int BEFORE_MILLIS = 4_000;
  private static final int AFTER_MILLIS = 5_000;

  private final RoutedHost host;
  private final Photos photos;
  private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

  private FailOver(RoutedHost host, Photos photos) {
    this.host = host;
    this.photos = photos;
  }

  /** One call, by the clock of this process; without a target it failed. */
  private record Answered(long begun, long ended, String target) {
    boolean isAt(String name) {
      return target.equals(name);
    }
  }

  private enum Fault {
    FROZEN("STOP"),
    KILLED("KILL");

    private final String signal;

    Fault(String signal) {
      this.signal = signal;
    }
  }

  static void run(Path home, int threads) throws Exception {
    Photos photos = Photos.of(home.resolve("samples"));
    System.out.printf(
        "%n| server, %d clients | calls/s before | first answer at the edge | longest call before |"
            + " longest call since | failed | calls since, at the target |%n",
        CLIENTS);
    System.out.println("|---|---|---|---|---|---|---|");
    for (Place place : List.of(Place.TRITON_GRPC, Place.TRITON_REST)) {
      for (Fault fault : Fault.values()) {
        // A server that was frozen does not always come back, so each is started anew.
        try (RealServers servers = RealServers.start(RoutedHost.pack(home));
            RoutedHost host =
                RoutedHost.start(
                    home, servers.uri(place), threads, "-Dcordon.routing.edge-price=1000")) {
          List<ProcessHandle> server = servers.processes(place);
          new FailOver(host, photos).measure(place, fault, server);
          // What is frozen would not hear that it shall end.
          signal("KILL", server.stream().filter(ProcessHandle::isAlive).toList());
        }
      }
    }
  }

  private void measure(Place place, Fault fault, List<ProcessHandle> server) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    long hurt;
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int from = client;
        running.add(clients.submit(() -> ask(from, isOver)));
      }
      Thread.sleep(BEFORE_MILLIS);
      hurt = System.nanoTime();
      signal(fault.signal, server);
      Thread.sleep(AFTER_MILLIS);
      isOver.set(true);
      for (Future<?> each : running) {
        each.get();
      }
    }
    print(place, fault, hurt);
  }

  private void ask(int from, AtomicBoolean isOver) {
    for (int i = from; !isOver.get(); i++) {
      long begun = System.nanoTime();
      String target;
      try {
        target = host.ask(photos.body(i));
      } catch (IOException e) {
        target = "";
      }
      answers.add(new Answered(begun, System.nanoTime(), target));
    }
  }

  private void print(Place place, Fault fault, long hurt) {
    List<Answered> before = answers.stream().filter(each -> each.ended() <= hurt).toList();
    List<Answered> since = answers.stream().filter(each -> each.ended() > hurt).toList();
    long first =
        since.stream()
            .filter(each -> each.isAt("edge"))
            .mapToLong(Answered::ended)
            .min()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "| %s, %s | %.1f | %.0f ms | %.0f ms | %.0f ms | %d | %d, %d |%n",
        place.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        fault.name().toLowerCase(Locale.ROOT),
        before.size() * 1000.0 / BEFORE_MILLIS,
        (first - hurt) / 1e6,
        longest(before),
        longest(since),
        since.stream().filter(each -> each.isAt("")).count(),
        since.size(),
        since.stream().filter(each -> each.isAt(RoutedHost.TARGET)).count());
  }

  private static double longest(List<Answered> calls) {
    return calls.stream().mapToLong(each -> each.ended() - each.begun()).max().orElse(0) / 1e6;
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("the server cannot be signalled");
    }
  }
}
