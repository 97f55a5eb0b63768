package dev.cordon.models.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys whose signatures are believed, by id. Immutable. */
public final class TrustedKeys {
  private final Map<String, VerificationKey> keys;

  private TrustedKeys(Map<String, VerificationKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /** These and no other. */
  public static TrustedKeys of(VerificationKey... keys) {
    Map<String, VerificationKey> byId = new HashMap<>();
    for (VerificationKey key : keys) {
      byId.put(key.id(), key);
    }
    return new TrustedKeys(byId);
  }

  /** The key that this product's own packages are signed with. */
  public static TrustedKeys shipped() {
    try (InputStream pem = TrustedKeys.class.getResourceAsStream("shipped.pub")) {
      return of(VerificationKey.parse(new String(pem.readAllBytes(), StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new IllegalStateException("the shipped key cannot be read", e);
    }
  }

  /** These and every {@code *.pub} of a folder; a folder that does not exist adds none. */
  public TrustedKeys and(Path folder) throws IOException {
    Map<String, VerificationKey> all = new HashMap<>(keys);
    for (Path file : files(folder)) {
      try {
        VerificationKey key = VerificationKey.parse(Files.readString(file));
        all.put(key.id(), key);
      } catch (IllegalArgumentException e) {
        throw new IOException("`" + file + "` is not a public key: " + e.getMessage(), e);
      }
    }
    return new TrustedKeys(all);
  }

  /** The key of that id, when it is trusted. */
  public Optional<VerificationKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".pub")).sorted().toList();
    }
  }
}
