package dev.cordon.core.blackbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What spares the many hosts of the tests most of the time they take to start: Java's ahead-of-time
 * cache of the packaged host (JEP 514), and the unpacked binaries of Postgres. The first host of a
 * build makes both. The API fuzz and the launcher start hosts without them.
 */
final class StartCache {
  static final Path APP = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final String POSTGRES = "postgres-bin";
  private static final Path CACHE = Path.of("target", "host.aot");
  private static final Path DATA = Path.of("target", "host-start");
  private static List<String> options;

  private StartCache() {}

  /** Arguments for the JVM. */
  static synchronized List<String> options() throws IOException {
    if (options == null) {
      if (!Files.exists(APP)) {
        throw new IllegalStateException("package the host before its black-box tests run");
      }
      boolean isMade =
          Files.exists(CACHE)
              && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(APP)) > 0;
      if (!isMade) {
        // Its own host gets no more than what makes it.
        options = List.of("-XX:AOTCacheOutput=" + CACHE, "-Xlog:aot*=off");
        try {
          make();
        } finally {
          options = null;
        }
      }
      options = List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot*=off");
    }
    return options;
  }

  private static void make() throws IOException {
    delete(DATA);
    try (HostProcess host = HostProcess.start(DATA)) {
      host.handle().destroy();
      // It writes the cache at its end.
      host.handle().onExit().get(5, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the AOT cache was not made", e);
    }
    if (!Files.exists(CACHE)) {
      throw new IllegalStateException("no AOT cache was made");
    }
  }

  /** Gives a new data folder the binaries that its host would unpack. */
  static void lend(Path data) throws IOException {
    Path binaries = DATA.resolve(POSTGRES);
    Path place = data.resolve(POSTGRES);
    if (Files.exists(place) || !Files.exists(binaries)) {
      return;
    }
    Files.createDirectories(data);
    try (Stream<Path> files = Files.walk(binaries)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            place.resolve(binaries.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
