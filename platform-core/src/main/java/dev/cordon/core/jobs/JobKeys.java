package dev.cordon.core.jobs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what belongs to jobs with AES-256-GCM under a key of each job, which is itself sealed by
 * the host's key from outside the database. What is sealed for one job and place opens nowhere
 * else.
 */
public final class JobKeys {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] host;

  /** The keys below the host key that a line of 64 hex digits stands for. */
  public JobKeys(String line) {
    if (!line.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("the host key of jobs is 64 hex digits");
    }
    this.host = HexFormat.of().parseHex(line);
  }

  /** A line for a fresh host key. */
  public static String newLine() {
    return HexFormat.of().formatHex(random(KEY_BYTES));
  }

  /** A fresh key for a job, sealed. */
  public byte[] newKey(UUID job) {
    return seal(host, job + " key", random(KEY_BYTES));
  }

  /** The key of a job, if it was sealed here and for it. */
  public Opened open(UUID job, byte[] sealedKey) {
    return new Opened(job, unseal(host, job + " key", sealedKey));
  }

  /** What a job's key seals and opens. */
  public static final class Opened {
    private final UUID job;
    private final byte[] key;

    private Opened(UUID job, byte[] key) {
      this.job = job;
      this.key = key;
    }

    public byte[] seal(String place, byte[] plain) {
      return JobKeys.seal(key, job + " " + place, plain);
    }

    /** The plain bytes, if they were sealed for this place. */
    public byte[] open(String place, byte[] sealed) {
      return unseal(key, job + " " + place, sealed);
    }

    /** The same for the same bytes, and says nothing about them without the key. */
    public byte[] mark(byte[] plain) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(plain);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has no HMAC-SHA256", e);
      }
    }
  }

  private static byte[] seal(byte[] key, String bound, byte[] plain) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + secret.length).put(nonce).put(secret).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES-256-GCM", e);
    }
  }

  private static byte[] unseal(byte[] key, String bound, byte[] sealed) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new IllegalStateException("something of a job does not open");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, bound)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("something of a job does not open", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
