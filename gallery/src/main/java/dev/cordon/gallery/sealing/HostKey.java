package dev.cordon.gallery.sealing;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The key of this deployment, which seals the keys of collections. It lies in a file outside the
 * database, so that the database alone opens nothing.
 */
public final class HostKey {
  private final byte[] key;

  private HostKey(byte[] key) {
    this.key = key;
  }

  /** The key that a line of 64 hex digits stands for; another line is refused. */
  public static HostKey of(String line) {
    if (!line.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("the key of the collections is 64 hex digits");
    }
    return new HostKey(HexFormat.of().parseHex(line));
  }

  /** A line for a fresh random key. */
  public static String newLine() {
    byte[] fresh = AesGcm.newKey();
    try {
      return HexFormat.of().formatHex(fresh);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  /** A fresh key for a collection, sealed: what is destroyed to erase it. */
  public byte[] sealNewKey(UUID collection) {
    byte[] fresh = AesGcm.newKey();
    try {
      return AesGcm.seal(key, bound(collection), fresh);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  /** The collection's key, if it was sealed by this key for this collection. */
  public CollectionKey open(UUID collection, byte[] sealed) throws SealBrokenException {
    return new CollectionKey(collection, AesGcm.open(key, bound(collection), sealed));
  }

  private static byte[] bound(UUID collection) {
    return AesGcm.bound("cordon collection key", collection.toString());
  }
}
