package dev.cordon.sandbox.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Signs what lies in a folder now, once it has the form of a package; an older seal is replaced.
 */
public final class PackageSigner {
  private PackageSigner() {}

  /**
   * What was signed, and by which key.
   *
   * @param digest the package's
   * @param signer id of the key
   */
  public record Seal(String digest, String signer) {}

  /** What the manifest of a folder says, signed or not. */
  public static PluginManifest manifest(Path folder) throws PluginPackageException {
    return PluginPackage.manifest(PackageFiles.read(folder));
  }

  /** Writes {@code plugin.sig}. A folder that no host would take is refused before. */
  public static Seal sign(Path folder, SigningKey key) throws IOException, PluginPackageException {
    SortedMap<String, byte[]> files = PackageFiles.read(folder);
    PluginPackage.manifest(files);
    SortedMap<String, String> digests = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          if (!name.equals(SignedStatement.FILE)) {
            digests.put(name, Sha256.of(content));
          }
        });
    SignedStatement statement = SignedStatement.sign(digests, key);
    Path draft = Files.createTempFile(folder.toAbsolutePath().normalize().getParent(), ".sig", "");
    Files.write(draft, statement.write());
    Files.setPosixFilePermissions(
        draft, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(draft, folder.resolve(SignedStatement.FILE), StandardCopyOption.REPLACE_EXISTING);
    return new Seal(statement.digest(), statement.keyId());
  }
}
