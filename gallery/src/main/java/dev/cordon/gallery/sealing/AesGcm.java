package dev.cordon.gallery.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D): a version byte, a random nonce of 96 bits, the ciphertext and its
 * tag of 128 bits. Random nonces are safe for 2^32 messages a key, far more than a collection has.
 */
public final class AesGcm {
  private static final int KEY_BYTES = 32;
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  /** A fresh key of 256 bits. */
  public static byte[] newKey() {
    return random(KEY_BYTES);
  }

  /** The bytes sealed under a key and bound to a place, see {@link #bound}. */
  public static byte[] seal(byte[] key, byte[] bound, byte[] plain) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + secret.length)
          .put(VERSION)
          .put(nonce)
          .put(secret)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks aes-256-gcm", e);
    }
  }

  /** The plain bytes, if they were sealed under this key and for this place. */
  public static byte[] open(byte[] key, byte[] bound, byte[] sealed) throws SealBrokenException {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new SealBrokenException();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
    int from = 1 + NONCE_BYTES;
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, bound)
          .doFinal(sealed, from, sealed.length - from);
    } catch (AEADBadTagException e) {
      throw new SealBrokenException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks aes-256-gcm", e);
    }
  }

  /** What a seal is bound to: its parts with their lengths, so that no two lists look alike. */
  public static byte[] bound(String... parts) {
    int size = 0;
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      size += 4 + bytes[i].length;
    }
    ByteBuffer bound = ByteBuffer.allocate(size);
    for (byte[] part : bytes) {
      bound.putInt(part.length).put(part);
    }
    return bound.array();
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
