package dev.cordon.core.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A file of 32 random bytes in hexadecimal that only its owner can read. */
final class SecretFile {
  private SecretFile() {}

  /** Makes the file when there is none, whole or not at all. */
  static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Path draft =
        Files.createTempFile(
            DataFolder.create(file.getParent()),
            "secret",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, HexFormat.of().formatHex(secret));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
