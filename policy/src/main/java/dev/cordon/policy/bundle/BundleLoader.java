package dev.cordon.policy.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Loads the shipped packs and those of a directory, or refuses all of them. */
public final class BundleLoader {
  private static final List<String> SHIPPED = List.of("biometric-floor.yaml", "demo.yaml");
  private static final String RESOURCES = "/dev/cordon/policy/packs/";
  private static final long MAX_BYTES = 4L << 20;

  private BundleLoader() {}

  /**
   * Loads the shipped packs and those of the directory, sorted by name. A path where there is
   * nothing adds nothing; anything there but a directory of {@code *.yaml} files is an error,
   * because what would be skipped could be a forbid.
   *
   * @throws PolicyLoadException with {@code file:line:column: what is wrong} for the first error
   */
  public static PolicyBundle load(Optional<Path> policyDirectory) throws PolicyLoadException {
    var own = new ArrayList<Source>();
    // A link that leads nowhere is there.
    if (policyDirectory.isPresent()
        && Files.exists(policyDirectory.get(), LinkOption.NOFOLLOW_LINKS)) {
      for (var file : packFiles(policyDirectory.get())) {
        own.add(new Source(file.getFileName().toString(), bytes(file)));
      }
    }
    return load(own);
  }

  /** One file: its name and content. */
  record Source(String file, byte[] bytes) {}

  static PolicyBundle load(List<Source> own) throws PolicyLoadException {
    var reader = new PackReader();
    var packs = new ArrayList<Pack>();
    var contents = new TreeMap<String, byte[]>();
    for (var file : SHIPPED) {
      var bytes = shipped(file);
      var pack = reader.read(file, bytes, PackReader.Origin.SHIPPED);
      packs.add(pack);
      contents.put(pack.name(), bytes);
    }
    for (var source : own) {
      var pack = reader.read(source.file(), source.bytes(), PackReader.Origin.DIRECTORY);
      packs.add(pack);
      contents.put(pack.name(), source.bytes());
    }
    reader.finish();
    var tenants = new HashMap<String, Tenant>();
    packs.forEach(pack -> tenants.putAll(pack.tenants()));
    return new PolicyBundle(digest(contents), packs, tenants);
  }

  private static List<Path> packFiles(Path directory) throws PolicyLoadException {
    if (!Files.isDirectory(directory)) {
      throw new PolicyLoadException(directory + ":1:1: is not a directory of packs");
    }
    try (var files = Files.list(directory)) {
      var sorted = files.sorted().toList();
      for (var file : sorted) {
        if (!file.getFileName().toString().endsWith(".yaml")) {
          throw new PolicyLoadException(file.getFileName() + ":1:1: a pack ends in .yaml");
        }
        if (!Files.isRegularFile(file)) {
          throw new PolicyLoadException(file.getFileName() + ":1:1: is not a file");
        }
      }
      return sorted;
    } catch (IOException e) {
      throw new PolicyLoadException(directory + ":1:1: cannot be listed", e);
    }
  }

  private static byte[] bytes(Path file) throws PolicyLoadException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PolicyLoadException(file.getFileName() + ":1:1: file is larger than 4 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new PolicyLoadException(file.getFileName() + ":1:1: cannot be read", e);
    }
  }

  private static byte[] shipped(String file) {
    try (var stream = BundleLoader.class.getResourceAsStream(RESOURCES + file)) {
      if (stream == null) {
        throw new IllegalStateException("pack " + file + " is missing from the build");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("pack " + file + " cannot be read", e);
    }
  }

  /** SHA-256 over name and bytes of every pack, each after its length, in the order of names. */
  private static String digest(SortedMap<String, byte[]> contents) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (name, bytes) -> {
            update(sha256, name.getBytes(StandardCharsets.UTF_8));
            update(sha256, bytes);
          });
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private static void update(MessageDigest sha256, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    sha256.update(bytes);
  }
}
