package dev.cordon.spi;

/**
 * Cosine similarities of a grid of rows x columns cells, stretched over the whole image, with T
 * texts.
 */
public interface SimilarityMap {
  int rows();

  int columns();

  int texts();

  /** Cosine similarity of one cell, rows from the top, columns from the left, with one text. */
  float cosine(int row, int column, int text);
}
