package dev.cordon.core.blackbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Java's ahead-of-time cache of the packaged host (JEP 514). It halves the time that each of the
 * many hosts of the tests takes to start; the first one of a build makes it. The API fuzz and the
 * launcher start hosts without it.
 */
final class StartCache {
  static final Path APP = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path CACHE = Path.of("target", "host.aot");
  private static List<String> options;

  private StartCache() {}

  /** Arguments for the JVM. */
  static synchronized List<String> options() {
    if (options == null) {
      if (!Files.exists(APP)) {
        throw new IllegalStateException("package the host before its black-box tests run");
      }
      // While the cache is made, its own host gets no more than what makes it.
      options = List.of("-XX:AOTCacheOutput=" + CACHE, "-Xlog:aot*=off");
      make();
      options = List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot*=off");
    }
    return options;
  }

  private static void make() {
    try {
      if (Files.exists(CACHE)
          && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(APP)) > 0) {
        return;
      }
      Path data = Files.createTempDirectory(CACHE.getParent(), "host-start");
      try (HostProcess host = HostProcess.start(data)) {
        host.handle().destroy();
        // It writes the cache at its end.
        host.handle().onExit().get(5, TimeUnit.MINUTES);
      }
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
      if (!Files.exists(CACHE)) {
        throw new IllegalStateException("no AOT cache was made");
      }
    } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the AOT cache was not made", e);
    }
  }
}
