package dev.cordon.sandbox.pack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in ASCII without an empty line, and below an empty line the id of a key and its
 * Ed25519 signature over the statement's bytes. There is one way to write it.
 *
 * @param statement lines, each with its end
 * @param signature Base64
 */
public record SignedText(String statement, String keyId, String signature) {
  private static final Pattern SEAL =
      Pattern.compile("key ([0-9a-f]{64})\ned25519 ([A-Za-z0-9+/]{86}==)\n");

  /** What a signature is worth to somebody. */
  public enum Standing {
    SOUND,
    /** Of a key that is not trusted. */
    STRANGER,
    /** Of a trusted key, but over other bytes. */
    CHANGED
  }

  /** Signs a statement. */
  public static SignedText sign(String statement, SigningKey key) {
    byte[] signature = key.sign(statement.getBytes(StandardCharsets.US_ASCII));
    return new SignedText(
        statement, key.publicHalf().id(), Base64.getEncoder().encodeToString(signature));
  }

  /** The text in these bytes, whoever signed it; nothing when they would be written otherwise. */
  public static Optional<SignedText> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    int end = text.indexOf("\n\n");
    if (end < 0) {
      return Optional.empty();
    }
    Matcher seal = SEAL.matcher(text.substring(end + 2));
    if (!seal.matches()) {
      return Optional.empty();
    }
    SignedText read =
        new SignedText(text.substring(0, end + 1), seal.group(1), canonical(seal.group(2)));
    return Arrays.equals(read.write(), bytes) ? Optional.of(read) : Optional.empty();
  }

  /** The last letter before the padding has bits that decode to nothing. */
  private static String canonical(String signature) {
    return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(signature));
  }

  /** The bytes of a file. */
  public byte[] write() {
    return (statement + "\nkey " + keyId + "\ned25519 " + signature + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** SHA-256 of the statement, lower-case hex. */
  public String digest() {
    return digest(statement);
  }

  /** As above, of a statement that nobody signed yet. */
  public static String digest(String statement) {
    return Sha256.of(statement.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether one of these keys signed this statement. */
  public Standing standing(TrustedPublishers trusted) {
    Optional<PublisherKey> key = trusted.find(keyId);
    if (key.isEmpty()) {
      return Standing.STRANGER;
    }
    boolean sound =
        key.get()
            .verifies(
                statement.getBytes(StandardCharsets.US_ASCII),
                Base64.getDecoder().decode(signature));
    return sound ? Standing.SOUND : Standing.CHANGED;
  }
}
