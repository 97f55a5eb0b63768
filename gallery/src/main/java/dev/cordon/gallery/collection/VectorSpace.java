package dev.cordon.gallery.collection;

/**
 * Which vectors may be compared with each other: those of one model package (by digest), of one
 * version of what prepares its pictures, of one length.
 */
public record VectorSpace(String model, String preprocessing, int dimension) {
  private static final int MOST_DIMENSIONS = 16_384;

  public VectorSpace {
    if (!model.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a model is named by its digest");
    }
    if (!preprocessing.matches("[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException("a version of the preprocessing is a short name");
    }
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("a vector has 1 to " + MOST_DIMENSIONS + " numbers");
    }
  }
}
