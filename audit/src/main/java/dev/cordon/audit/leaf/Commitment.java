package dev.cordon.audit.leaf;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed commitment to a payload that stays outside the log: HMAC-SHA-256 under a random 32-byte
 * key; once the key is destroyed, the value says nothing about the payload any more.
 */
public record Commitment(byte[] key, byte[] value) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  public Commitment {
    if (key.length != BYTES || value.length != BYTES) {
      throw new IllegalArgumentException("a commitment has a key and a value of 32 bytes each");
    }
    key = key.clone();
    value = value.clone();
  }

  /** Commits to a payload under a fresh random key. */
  public static Commitment of(byte[] payload) {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new Commitment(key, hmac(key, payload));
  }

  /** True when this commitment was made to exactly that payload. */
  public boolean opensTo(byte[] payload) {
    return MessageDigest.isEqual(value, hmac(key, payload));
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public byte[] value() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Commitment that
        && MessageDigest.isEqual(key, that.key)
        && MessageDigest.isEqual(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** Names the value only: a key never reaches a message. */
  @Override
  public String toString() {
    return "Commitment[" + HexFormat.of().formatHex(value) + "]";
  }

  private static byte[] hmac(byte[] key, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks hmac-sha-256", e);
    }
  }
}
