package dev.cordon.audit.consent;

import dev.cordon.audit.keyfile.KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a caller's opaque subject reference into a pseudonym: 64 hex digits of HMAC-SHA-256 over
 * tenant and subject, so that equal references of two tenants have nothing in common.
 */
public final class Pseudonyms {
  private static final int KEY_BYTES = 32;

  private final byte[] key;

  private Pseudonyms(byte[] key) {
    this.key = key.clone();
  }

  /** Reads the key (64 hex digits), or creates the file with mode 0600 when it is absent. */
  public static Pseudonyms fromKeyFile(Path file) throws IOException {
    String line = KeyFile.readOrCreate(file, Pseudonyms::newKey);
    if (!line.matches("[0-9a-f]{64}")) {
      throw new IOException("key file `" + file + "` does not hold 64 hex digits");
    }
    return new Pseudonyms(HexFormat.of().parseHex(line));
  }

  /** The pseudonym of a subject of a tenant. */
  public String of(String tenant, String subject) {
    ByteBuffer tenantBytes = utf8("tenant", tenant);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      // The length in front keeps (ab, c) and (a, bc) apart.
      mac.update(ByteBuffer.allocate(4).putInt(tenantBytes.remaining()).flip());
      mac.update(tenantBytes);
      mac.update(utf8("subject", subject));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks hmac-sha-256", e);
    }
  }

  private static ByteBuffer utf8(String field, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a pseudonym needs a " + field);
    }
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the " + field + " is not well-formed text", e);
    }
  }

  private static String newKey() {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    return HexFormat.of().formatHex(fresh);
  }
}
