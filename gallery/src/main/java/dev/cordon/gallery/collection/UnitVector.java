package dev.cordon.gallery.collection;

/**
 * A vector of length one in its space; nothing else can be made, so what was decrypted or computed
 * wrongly is refused here. Says nothing of its numbers in messages.
 */
public final class UnitVector {
  /** How far from one a length may be: a float's rounding over thousands of numbers. */
  private static final double MOST_DIFFERENCE = 1e-3;

  private final VectorSpace space;
  private final float[] values;

  public UnitVector(VectorSpace space, float[] values) {
    if (values.length != space.dimension()) {
      throw new IllegalArgumentException("a vector has as many numbers as its space");
    }
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    // Written so that a length that is no number fails too.
    if (!(Math.abs(Math.sqrt(squares) - 1) <= MOST_DIFFERENCE)) {
      throw new IllegalArgumentException("a vector has length one");
    }
    this.space = space;
    this.values = values.clone();
  }

  public VectorSpace space() {
    return space;
  }

  /** A copy of its numbers. */
  public float[] values() {
    return values.clone();
  }

  /** Cosine of the angle to another vector of the same space, between -1 and 1. */
  public float cosine(UnitVector other) {
    if (!space.equals(other.space)) {
      throw new IllegalArgumentException("vectors of two spaces cannot be compared");
    }
    return cosine(values, other.values);
  }

  /** Cosine of two arrays that each are a vector of length one. */
  public static float cosine(float[] one, float[] other) {
    float[] sums = new float[4];
    int i = 0;
    // Four sums that do not wait for each other.
    for (; i + 3 < one.length; i += 4) {
      sums[0] = Math.fma(one[i], other[i], sums[0]);
      sums[1] = Math.fma(one[i + 1], other[i + 1], sums[1]);
      sums[2] = Math.fma(one[i + 2], other[i + 2], sums[2]);
      sums[3] = Math.fma(one[i + 3], other[i + 3], sums[3]);
    }
    for (; i < one.length; i++) {
      sums[0] = Math.fma(one[i], other[i], sums[0]);
    }
    return Math.clamp(sums[0] + sums[1] + (sums[2] + sums[3]), -1f, 1f);
  }

  @Override
  public String toString() {
    return "UnitVector[" + space.dimension() + "]";
  }
}
