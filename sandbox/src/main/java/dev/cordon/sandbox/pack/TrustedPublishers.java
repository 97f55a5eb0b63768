package dev.cordon.sandbox.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whose packages are believed: publishers by name, each with its keys. Immutable. */
public final class TrustedPublishers {
  /** What a publisher's name looks like. */
  static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private static final String SUFFIX = ".pub";

  private final Map<String, Trusted> byKey;

  private TrustedPublishers(Map<String, Trusted> byKey) {
    this.byKey = Map.copyOf(byKey);
  }

  private record Trusted(String publisher, PublisherKey key) {}

  /** Nobody's. */
  public static TrustedPublishers none() {
    return new TrustedPublishers(Map.of());
  }

  /** These and no other; one key cannot belong to two. */
  public static TrustedPublishers of(Map<String, List<PublisherKey>> keys) {
    Map<String, Trusted> byKey = new HashMap<>();
    for (Map.Entry<String, List<PublisherKey>> publisher : keys.entrySet()) {
      if (!publisher.getKey().matches(NAME)) {
        throw new IllegalArgumentException(
            "publisher `" + publisher.getKey() + "` is not lower case with hyphens");
      }
      for (PublisherKey key : publisher.getValue()) {
        Trusted before = byKey.put(key.id(), new Trusted(publisher.getKey(), key));
        if (before != null && !before.publisher().equals(publisher.getKey())) {
          throw new IllegalArgumentException(
              "publishers `"
                  + before.publisher()
                  + "` and `"
                  + publisher.getKey()
                  + "` have the same key");
        }
      }
    }
    return new TrustedPublishers(byKey);
  }

  /**
   * The keys of a folder: {@code PUBLISHER.pub}, or {@code PUBLISHER.ANYTHING.pub} for more of one.
   * A folder that does not exist trusts nobody; a file that is no key is an error.
   */
  public static TrustedPublishers read(Path folder) throws IOException {
    Map<String, List<PublisherKey>> keys = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      try {
        keys.computeIfAbsent(name.substring(0, name.indexOf('.')), unused -> new ArrayList<>())
            .add(PublisherKey.parse(Files.readString(file)));
      } catch (IllegalArgumentException e) {
        throw new IOException("`" + file + "` is not a public key: " + e.getMessage(), e);
      }
    }
    try {
      return of(keys);
    } catch (IllegalArgumentException e) {
      throw new IOException("`" + folder + "`: " + e.getMessage(), e);
    }
  }

  /** The publisher that a key of this id belongs to, when it is trusted. */
  public Optional<String> publisherOf(String keyId) {
    return Optional.ofNullable(byKey.get(keyId)).map(Trusted::publisher);
  }

  Optional<PublisherKey> find(String keyId) {
    return Optional.ofNullable(byKey.get(keyId)).map(Trusted::key);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }
}
