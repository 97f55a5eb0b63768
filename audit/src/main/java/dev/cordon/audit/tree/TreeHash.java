package dev.cordon.audit.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The three hashes of RFC 6962 section 2.1; every hash is 32 bytes of SHA-256. */
public final class TreeHash {
  /** The length of every hash in bytes. */
  public static final int BYTES = 32;

  private TreeHash() {}

  /** The root of the tree without leaves: SHA-256 of nothing. */
  public static byte[] empty() {
    return sha256().digest();
  }

  /** SHA-256(0x00 || entry). */
  public static byte[] leaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update((byte) 0);
    return digest.digest(entry);
  }

  /** SHA-256(0x01 || left || right). */
  public static byte[] node(byte[] left, byte[] right) {
    if (left.length != BYTES || right.length != BYTES) {
      throw new IllegalArgumentException("a node joins two hashes of 32 bytes");
    }
    MessageDigest digest = sha256();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this runtime lacks sha-256", e);
    }
  }
}
