package dev.cordon.models.registry;

import dev.cordon.models.digest.Sha256;
import dev.cordon.models.manifest.ManifestReader;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.PackageFile;
import dev.cordon.models.signing.SignedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model package on disk whose files were all found to be exactly those its manifest declares.
 * Immutable; {@link #read} checks again, so a file swapped later is refused as well.
 */
public final class ModelPackage {
  private static final String MANIFEST = "manifest.json";

  /** The bill of materials, which names the manifest's digest and so cannot be declared in it. */
  public static final String BILL = "bom.cdx.json";

  private static final Set<String> BESIDE = Set.of(MANIFEST, BILL, SignedFolder.SIGNATURE);
  private static final long MANIFEST_LIMIT_BYTES = 1L << 20;

  private final Path folder;
  private final ModelManifest manifest;
  private final String digest;

  private ModelPackage(Path folder, ModelManifest manifest, String digest) {
    this.folder = folder;
    this.manifest = manifest;
    this.digest = digest;
  }

  /**
   * Opens a folder and verifies size and SHA-256 of every file; a missing, changed or undeclared
   * file, a link or a subfolder is refused by name.
   */
  public static ModelPackage open(Path folder) throws ModelPackageException {
    byte[] json = readManifest(folder);
    ModelManifest manifest;
    try {
      manifest = ManifestReader.read(json);
    } catch (IOException e) {
      throw new ModelPackageException("`manifest.json` is refused: " + e.getMessage(), e);
    }
    ModelPackage pack = new ModelPackage(folder, manifest, Sha256.of(json));
    pack.refuseUndeclared();
    for (String name : new TreeSet<>(manifest.files().keySet())) {
      pack.verify(name);
    }
    return pack;
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * SHA-256 of the bytes of {@code manifest.json}, lower-case hex; identifies every file's bytes.
   */
  public String digest() {
    return digest;
  }

  /** Where a declared file lies. */
  public Path file(String name) {
    declared(name);
    return folder.resolve(name);
  }

  /** The bytes of a declared file, checked against the manifest as they are read. */
  public byte[] read(String name) throws ModelPackageException {
    PackageFile expected = declared(name);
    try (InputStream in = Files.newInputStream(file(name), LinkOption.NOFOLLOW_LINKS)) {
      if (expected.bytes() > Integer.MAX_VALUE) {
        throw new ModelPackageException("file `" + name + "` is over 2 GiB");
      }
      byte[] bytes = in.readNBytes((int) expected.bytes());
      boolean more = in.read() >= 0;
      if (more || bytes.length != expected.bytes()) {
        throw new ModelPackageException("file `" + name + "` does not have the declared size");
      }
      requireDigest(name, Sha256.of(bytes));
      return bytes;
    } catch (IOException e) {
      throw new ModelPackageException("file `" + name + "` cannot be read", e);
    }
  }

  private static byte[] readManifest(Path folder) throws ModelPackageException {
    Path path = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelPackageException("file `manifest.json` is missing");
    }
    try {
      if (Files.size(path) > MANIFEST_LIMIT_BYTES) {
        throw new ModelPackageException("file `manifest.json` is over 1 MiB");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ModelPackageException("file `manifest.json` cannot be read", e);
    }
  }

  private void refuseUndeclared() throws ModelPackageException {
    Set<String> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found =
          entries
              .map(p -> p.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new ModelPackageException("the package folder cannot be listed", e);
    }
    found.removeAll(BESIDE);
    found.removeAll(manifest.files().keySet());
    if (!found.isEmpty()) {
      throw new ModelPackageException("file `" + found.iterator().next() + "` is not declared");
    }
  }

  private void verify(String name) throws ModelPackageException {
    Path path = file(name);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelPackageException("file `" + name + "` is missing or not a plain file");
    }
    try {
      if (Files.size(path) != declared(name).bytes()) {
        throw new ModelPackageException("file `" + name + "` does not have the declared size");
      }
      requireDigest(name, Sha256.of(path));
    } catch (IOException e) {
      throw new ModelPackageException("file `" + name + "` cannot be read", e);
    }
  }

  private void requireDigest(String name, String actual) throws ModelPackageException {
    if (!actual.equals(declared(name).sha256())) {
      throw new ModelPackageException("file `" + name + "` does not have the declared SHA-256");
    }
  }

  private PackageFile declared(String name) {
    PackageFile file = manifest.files().get(name);
    if (file == null) {
      throw new IllegalArgumentException("file `" + name + "` is not declared");
    }
    return file;
  }
}
