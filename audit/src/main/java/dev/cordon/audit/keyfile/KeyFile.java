package dev.cordon.audit.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A file with one secret line that appears whole or not at all, for its owner's eyes only. */
public final class KeyFile {
  private static final int MAX_BYTES = 4096;

  private KeyFile() {}

  /**
   * Reads the line; when the file is absent, creates it (0600, flushed, never over another one) and
   * reads what won the race. Refuses a file that other users may read or write.
   */
  public static String readOrCreate(Path file, Supplier<String> line) throws IOException {
    if (!Files.exists(file)) {
      create(file.toAbsolutePath(), line.get());
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("key file `" + file + "` is open to other users; use mode 0600");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("key file `" + file + "` is too long to be one");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    if (text.indexOf('\n') != text.length() - 1 || text.length() < 2) {
      throw new IOException("key file `" + file + "` does not hold exactly one line");
    }
    return text.substring(0, text.length() - 1);
  }

  private static void create(Path file, String line) throws IOException {
    Path folder = Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            folder,
            ".key-",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A hard link, because it fails when the name is taken; a rename would replace a key in use.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException anotherProcessWasFirst) {
      // Its key is whole, by the same steps: read that one.
    } finally {
      Files.deleteIfExists(draft);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
