package dev.cordon.sandbox.pack;

import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A package whose every byte was signed by a trusted publisher, held in memory. Whoever has one
 * needs to verify nothing again.
 */
public final class PluginPackage {
  static final String MANIFEST = "plugin.json";
  private static final String PROPOSALS_SINCE = "1.1";

  private final SortedMap<String, byte[]> files;
  private final SignedStatement statement;
  private final PluginManifest manifest;

  private PluginPackage(
      SortedMap<String, byte[]> files, SignedStatement statement, PluginManifest manifest) {
    this.files = files;
    this.statement = statement;
    this.manifest = manifest;
  }

  /** Reads and verifies a folder or a zip. */
  public static PluginPackage open(Path folderOrZip, TrustedPublishers trusted)
      throws PluginPackageException {
    return verify(PackageFiles.read(folderOrZip), trusted);
  }

  /** Verifies a zip in memory. */
  public static PluginPackage open(byte[] zip, TrustedPublishers trusted)
      throws PluginPackageException {
    return verify(PackageFiles.archive(zip), trusted);
  }

  private static PluginPackage verify(SortedMap<String, byte[]> files, TrustedPublishers trusted)
      throws PluginPackageException {
    byte[] signature = files.get(SignedStatement.FILE);
    if (signature == null) {
      throw new PluginPackageException(
          Reason.UNSIGNED, "the package has no signature `" + SignedStatement.FILE + "`");
    }
    SignedStatement statement = SignedStatement.read(signature);
    statement.verify(trusted);
    compare(files, statement.digests());
    PluginManifest manifest = manifest(files);
    if (!trusted.publisherOf(statement.keyId()).orElseThrow().equals(manifest.publisher())) {
      throw new PluginPackageException(
          Reason.IMPOSTOR,
          "`publisher` is `" + manifest.publisher() + "`, whose key is not the one that signed");
    }
    return new PluginPackage(files, statement, manifest);
  }

  private static void compare(SortedMap<String, byte[]> files, Map<String, String> signed)
      throws PluginPackageException {
    for (String name : files.keySet()) {
      if (!name.equals(SignedStatement.FILE) && !signed.containsKey(name)) {
        throw new PluginPackageException(
            Reason.UNDECLARED_FILE, "file `" + name + "` is not signed");
      }
    }
    for (Map.Entry<String, String> entry : signed.entrySet()) {
      byte[] content = files.get(entry.getKey());
      if (content == null) {
        throw new PluginPackageException(Reason.MISSING_FILE, "a signed file is missing");
      }
      if (!Sha256.of(content).equals(entry.getValue())) {
        throw new PluginPackageException(
            Reason.CHANGED, "file `" + entry.getKey() + "` is not the one that was signed");
      }
    }
  }

  /** The manifest of these files, which must have the module that it names. */
  static PluginManifest manifest(SortedMap<String, byte[]> files) throws PluginPackageException {
    byte[] json = files.get(MANIFEST);
    if (json == null) {
      throw new PluginPackageException(
          Reason.MALFORMED, "the package has no manifest `" + MANIFEST + "`");
    }
    PluginManifest manifest = ManifestReader.read(json);
    if (!files.containsKey(manifest.wasm())) {
      throw new PluginPackageException(
          Reason.MALFORMED, "`wasm` names a file that is not there: `" + manifest.wasm() + "`");
    }
    if (!Versions.serves(PluginDescriptor.SPI_VERSION, manifest.spiVersion())) {
      throw new PluginPackageException(
          Reason.SPI_VERSION,
          "`spi` is `%s`, this host serves %s"
              .formatted(manifest.spiVersion(), PluginDescriptor.SPI_VERSION));
    }
    if (manifest.permissions().contains(Permission.PROPOSALS)
        && !Versions.serves(manifest.spiVersion(), PROPOSALS_SINCE)) {
      throw new PluginPackageException(
          Reason.SPI_VERSION, "`proposals` is a permission since `spi` " + PROPOSALS_SINCE);
    }
    return manifest;
  }

  public PluginManifest manifest() {
    return manifest;
  }

  /** SHA-256 of the signed statement, lower-case hex: stands for every byte of the package. */
  public String digest() {
    return statement.digest();
  }

  /** Id of the key that signed. */
  public String signer() {
    return statement.keyId();
  }

  /** Names of all files, the signature's included, in order. */
  public Set<String> files() {
    return files.keySet();
  }

  /** A copy of one file. */
  public byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException("the package has no file `" + name + "`");
    }
    return content.clone();
  }

  /** A copy of the module. */
  public byte[] wasm() {
    return file(manifest.wasm());
  }

  /** Writes the files into a folder that does not exist yet: all of them, or no folder. */
  public void writeTo(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    Files.createDirectories(parent);
    Path draft = Files.createTempDirectory(parent, ".draft");
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(draft.resolve(file.getKey()), file.getValue());
      }
      if (Files.exists(folder)) {
        throw new IOException("`" + folder + "` is there already");
      }
      Files.move(draft, folder);
    } finally {
      discard(draft);
    }
  }

  private void discard(Path draft) throws IOException {
    for (String name : files.keySet()) {
      Files.deleteIfExists(draft.resolve(name));
    }
    Files.deleteIfExists(draft);
  }
}
