package dev.cordon.gallery.sealing;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * Seals the vectors of one collection. A sealed vector opens only for the collection, item, model
 * and preprocessing it was sealed for, and only as a vector of length one.
 */
public final class CollectionKey {
  private final UUID collection;
  private final byte[] key;

  CollectionKey(UUID collection, byte[] key) {
    this.collection = collection;
    this.key = key;
  }

  /** The item's vector as it may be stored. */
  public byte[] seal(String item, UnitVector vector) {
    float[] values = vector.values();
    ByteBuffer plain = ByteBuffer.allocate(Float.BYTES * values.length);
    plain.asFloatBuffer().put(values);
    Arrays.fill(values, 0f);
    try {
      return AesGcm.seal(key, bound(item, vector.space()), plain.array());
    } finally {
      Arrays.fill(plain.array(), (byte) 0);
    }
  }

  /** The item's vector in that space. */
  public UnitVector open(String item, VectorSpace space, byte[] sealed) throws SealBrokenException {
    byte[] plain = AesGcm.open(key, bound(item, space), sealed);
    float[] values = new float[plain.length / Float.BYTES];
    ByteBuffer.wrap(plain).asFloatBuffer().get(values);
    Arrays.fill(plain, (byte) 0);
    try {
      return new UnitVector(space, values);
    } catch (IllegalArgumentException e) {
      throw new SealBrokenException();
    } finally {
      Arrays.fill(values, 0f);
    }
  }

  private byte[] bound(String item, VectorSpace space) {
    return AesGcm.bound(
        "cordon collection item",
        collection.toString(),
        item,
        space.model(),
        space.preprocessing(),
        Integer.toString(space.dimension()));
  }
}
