package dev.cordon.models.onnx;

import dev.cordon.spi.SimilarityMap;
import java.util.Objects;

/** Cosines of a square grid's cells with texts. */
final class CosineMap implements SimilarityMap {
  private final int grid;
  private final int texts;
  private final float[] cosines;

  CosineMap(int grid, int texts, float[] cosines) {
    this.grid = grid;
    this.texts = texts;
    this.cosines = cosines;
  }

  @Override
  public int rows() {
    return grid;
  }

  @Override
  public int columns() {
    return grid;
  }

  @Override
  public int texts() {
    return texts;
  }

  @Override
  public float cosine(int row, int column, int text) {
    Objects.checkIndex(text, texts);
    int cell = Objects.checkIndex(row, grid) * grid + Objects.checkIndex(column, grid);
    return cosines[cell * texts + text];
  }
}
