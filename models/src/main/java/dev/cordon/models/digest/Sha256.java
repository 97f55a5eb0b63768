package dev.cordon.models.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hex. */
public final class Sha256 {
  /** What a digest looks like. */
  public static final String FORM = "[0-9a-f]{64}";

  private static final int CHUNK_BYTES = 1 << 16;

  private Sha256() {}

  /** Of these bytes. */
  public static String of(byte[] bytes) {
    return hex(fresh().digest(bytes));
  }

  /** Of a plain file, read in chunks; a link is not followed. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = fresh();
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return hex(digest.digest());
  }

  /** A digest to be fed step by step. */
  public static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Lower-case hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
