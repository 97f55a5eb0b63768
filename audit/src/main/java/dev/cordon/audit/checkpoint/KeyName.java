package dev.cordon.audit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The rules signed notes share: key names, key ids and strict base64. */
final class KeyName {
  /** The type byte of a plain Ed25519 key. */
  static final byte ED25519 = 1;

  private KeyName() {}

  static String check(String name) {
    if (name.isEmpty() || name.codePoints().anyMatch(KeyName::forbidden)) {
      throw new IllegalArgumentException(
          "key name `" + name + "` is empty or holds a space, a control character or a plus");
    }
    return name;
  }

  /** The first four bytes of SHA-256(name || 0x0A || type || key), in lower-case hex. */
  static String id(String name, byte[] typedKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(typedKey), 4));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this runtime lacks sha-256", e);
    }
  }

  /** Decodes padded standard base64 and nothing else. */
  static byte[] base64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("base64 is not in its one canonical form");
    }
    return bytes;
  }

  private static boolean forbidden(int c) {
    return c == '+'
        || c == 0x85
        || Character.isSpaceChar(c)
        || Character.isWhitespace(c)
        || c < 0x20
        || Character.getType(c) == Character.SURROGATE;
  }
}
