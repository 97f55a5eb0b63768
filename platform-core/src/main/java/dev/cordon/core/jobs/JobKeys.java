package dev.cordon.core.jobs;

import dev.cordon.gallery.sealing.AesGcm;
import dev.cordon.gallery.sealing.SealBrokenException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what belongs to jobs with AES-256-GCM under a key of each job, which is itself sealed by
 * the host's key from outside the database. What is sealed for one job and place opens nowhere
 * else.
 */
public final class JobKeys {
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
    return HexFormat.of().formatHex(AesGcm.newKey());
  }

  /** A fresh key for a job, sealed. */
  public byte[] newKey(UUID job) {
    return AesGcm.seal(host, bound(job, "key"), AesGcm.newKey());
  }

  /** The key of a job, if it was sealed here and for it. */
  public Opened open(UUID job, byte[] sealedKey) {
    return new Opened(job, unseal(host, bound(job, "key"), sealedKey));
  }

  private static byte[] bound(UUID job, String place) {
    return AesGcm.bound("cordon job", job.toString(), place);
  }

  private static byte[] unseal(byte[] key, byte[] bound, byte[] sealed) {
    try {
      return AesGcm.open(key, bound, sealed);
    } catch (SealBrokenException e) {
      throw new IllegalStateException("something of a job does not open", e);
    }
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
      return AesGcm.seal(key, bound(job, place), plain);
    }

    /** The plain bytes, if they were sealed for this place. */
    public byte[] open(String place, byte[] sealed) {
      return unseal(key, bound(job, place), sealed);
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
}
