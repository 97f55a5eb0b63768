package dev.cordon.models.onnx;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Overlapping windows for a map of a model without patches: one a cell of a square grid, around the
 * cell's centre, twice as wide and high as the cell, moved inwards at the edges.
 */
final class CropGrid {
  static final int SIDE = 6;

  private CropGrid() {}

  /** Row by row from the top. */
  static List<Region> of(ImageGeometry image) {
    List<Region> cells = new ArrayList<>(SIDE * SIDE);
    int width = length(image.width());
    int height = length(image.height());
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int x = start(column, image.width(), width);
        int y = start(row, image.height(), height);
        cells.add(new Region(x, y, width, height));
      }
    }
    return cells;
  }

  private static int length(int side) {
    return (int) Math.ceilDiv(2L * side, SIDE);
  }

  private static int start(int cell, int side, int length) {
    long centre = (2L * cell + 1) * side / (2 * SIDE);
    return (int) Math.clamp(centre - length / 2, 0L, (long) side - length);
  }
}
