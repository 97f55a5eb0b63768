package dev.cordon.core.cli;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.wiring.Launch;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves in the foreground until SIGTERM. */
@Command(
    name = "run",
    description = "Serves in the foreground; prints `ready on URL` once it can answer.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port to listen on; 0 takes a free one (default: 8080)")
  private Integer port;

  @Override
  public Integer call() throws Exception {
    if (port != null) {
      System.setProperty("cordon.http.port", port.toString());
    }
    CordonConfig config = data.config();
    CountDownLatch stopped = new CountDownLatch(1);
    Launch launch = Launch.prepare(config);
    // The database goes last: after the framework has stopped, whichever signal ends the process.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(stopped, launch), "cordon-close"));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try {
      Quarkus.run(null, (code, cause) -> failure.set(cause));
    } finally {
      stopped.countDown();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(rootMessage(failure.get()), failure.get());
    }
    return 0;
  }

  private static void close(CountDownLatch stopped, Launch launch) {
    try {
      stopped.await(30, TimeUnit.SECONDS);
      launch.close();
    } catch (InterruptedException | java.io.IOException e) {
      System.err.println("cordon: the database was not stopped: " + e.getMessage());
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
