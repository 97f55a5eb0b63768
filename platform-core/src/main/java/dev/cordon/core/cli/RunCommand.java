package dev.cordon.core.cli;

import dev.cordon.core.wiring.Launch;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.policy.bundle.PolicyLoadException;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    CountDownLatch stopped = new CountDownLatch(1);
    Launch launch = new Launch(data.config());
    // The database goes last: after the framework has stopped, whichever signal ends the process.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(stopped, launch), "cordon-close"));
    AtomicInteger exit = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try {
      launch.prepare();
      Quarkus.run(
          null,
          (code, cause) -> {
            exit.set(code);
            failure.set(cause);
          });
    } finally {
      stopped.countDown();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(plain(failure.get()), failure.get());
    }
    return exit.get();
  }

  private static void close(CountDownLatch stopped, Launch launch) {
    try {
      stopped.await(30, TimeUnit.SECONDS);
      launch.close();
    } catch (InterruptedException | IOException e) {
      System.err.println("cordon: the database was not stopped: " + e.getMessage());
    }
  }

  /** The words of the first cause that was written for a person, or else of the root. */
  private static String plain(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && !(cause instanceof PolicyLoadException || cause instanceof ModelPackageException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
