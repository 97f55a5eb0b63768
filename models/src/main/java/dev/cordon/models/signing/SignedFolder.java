package dev.cordon.models.signing;

import dev.cordon.models.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Signs a flat folder and verifies one: every file in it but {@code model.sig} is named in the
 * statement with its digest, and no other is there.
 */
public final class SignedFolder {
  /** The signature's file. */
  public static final String SIGNATURE = "model.sig";

  private static final long MAX_SIGNATURE_BYTES = 1L << 20;

  private SignedFolder() {}

  /**
   * What a verified signature says.
   *
   * @param root digest over the digests of all files, the signature's own excepted
   * @param signer id of the key
   */
  public record Seal(String root, String signer) {}

  /** Signs what lies in the folder now, under a name; an older signature is replaced. */
  public static Seal sign(Path folder, String subject, SigningKey key) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String name : names(folder)) {
      if (!name.equals(SIGNATURE)) {
        if (!Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException("`" + name + "` is not a plain file");
        }
        digests.put(name, Sha256.of(folder.resolve(name)));
      }
    }
    Statement statement = new Statement(subject, digests);
    Path draft = Files.createTempFile(folder.toAbsolutePath().normalize().getParent(), ".sig", "");
    Files.write(draft, Bundle.sign(statement.write(), key).write());
    Files.setPosixFilePermissions(
        draft, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(draft, folder.resolve(SIGNATURE), StandardCopyOption.REPLACE_EXISTING);
    return new Seal(statement.root(), key.publicHalf().id());
  }

  /** Verifies signature, key and every byte; the exception names the first file that is wrong. */
  public static Seal verify(Path folder, TrustedKeys trusted) throws SignatureRefusedException {
    try {
      Bundle bundle = bundle(folder.resolve(SIGNATURE));
      Statement statement = bundle.open(trusted);
      List<String> found = names(folder);
      for (String name : found) {
        if (!name.equals(SIGNATURE) && !statement.digests().containsKey(name)) {
          throw new SignatureRefusedException("file `" + name + "` is not signed");
        }
      }
      for (var signed : statement.digests().entrySet()) {
        Path file = folder.resolve(signed.getKey());
        if (!found.contains(signed.getKey())
            || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new SignatureRefusedException(
              "file `" + signed.getKey() + "` is missing or not a plain file");
        }
        if (!Sha256.of(file).equals(signed.getValue())) {
          throw new SignatureRefusedException(
              "file `" + signed.getKey() + "` is not the one that was signed");
        }
      }
      return new Seal(statement.root(), bundle.keyId());
    } catch (IOException e) {
      throw new SignatureRefusedException("the package cannot be read", e);
    }
  }

  private static Bundle bundle(Path file) throws IOException, SignatureRefusedException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SignatureRefusedException("the package has no signature `model.sig`");
    }
    if (Files.size(file) > MAX_SIGNATURE_BYTES) {
      throw new SignatureRefusedException("`model.sig` is over 1 MiB");
    }
    return Bundle.read(Files.readAllBytes(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return List.copyOf(
          new TreeSet<>(entries.map(entry -> entry.getFileName().toString()).toList()));
    }
  }
}
