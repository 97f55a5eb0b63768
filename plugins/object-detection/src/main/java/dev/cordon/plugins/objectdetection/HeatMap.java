package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.SimilarityMap;
import java.util.Arrays;

/** How much more one label fits each cell than scenery does, smoothed over neighbouring cells. */
record HeatMap(int rows, int columns, double[] cells) {
  /** Weights of a Gaussian one cell wide. */
  private static final double[] KERNEL = {0.054, 0.242, 0.399, 0.242, 0.054};

  static HeatMap of(SimilarityMap map, Prompts prompts, int label) throws PluginException {
    double[] cells = new double[map.rows() * map.columns()];
    for (int cell = 0; cell < cells.length; cell++) {
      int row = cell / map.columns();
      int column = cell % map.columns();
      cells[cell] =
          prompts.ofLabel(label, text -> map.cosine(row, column, text))
              - prompts.ofScenery(text -> map.cosine(row, column, text));
    }
    HeatMap rough = new HeatMap(map.rows(), map.columns(), cells);
    return rough.smoothed(0, 1).smoothed(1, 0);
  }

  /** Along one direction; beyond the edge lies what is at the edge. */
  private HeatMap smoothed(int down, int right) {
    double[] smooth = new double[cells.length];
    int reach = KERNEL.length / 2;
    for (int cell = 0; cell < cells.length; cell++) {
      double sum = 0;
      double weights = 0;
      for (int step = -reach; step <= reach; step++) {
        int row = Math.clamp(cell / columns + (long) step * down, 0, rows - 1);
        int column = Math.clamp(cell % columns + (long) step * right, 0, columns - 1);
        sum += KERNEL[step + reach] * at(row, column);
        weights += KERNEL[step + reach];
      }
      smooth[cell] = sum / weights;
    }
    return new HeatMap(rows, columns, smooth);
  }

  double at(int row, int column) {
    return cells[row * columns + column];
  }

  double mean() {
    double sum = 0;
    for (double cell : cells) {
      sum += cell;
    }
    return sum / cells.length;
  }

  double most() {
    return Arrays.stream(cells).max().orElseThrow();
  }

  /** The heat of the hottest cell that the middle half of the region touches. */
  double inTheMiddleOf(Region region, ImageGeometry image) {
    double most = Double.NEGATIVE_INFINITY;
    int bottom = last(region.y(), region.height(), rows, image.height());
    int right = last(region.x(), region.width(), columns, image.width());
    for (int y = first(region.y(), region.height(), rows, image.height()); y <= bottom; y++) {
      for (int x = first(region.x(), region.width(), columns, image.width()); x <= right; x++) {
        most = Math.max(most, at(y, x));
      }
    }
    return most;
  }

  /** The cell where the middle half of a side begins. */
  private static int first(int from, int length, int cells, int whole) {
    return (int) ((from + length / 4.0) * cells / whole);
  }

  /** The cell where it ends. */
  private static int last(int from, int length, int cells, int whole) {
    return Math.min((int) ((from + length * 3 / 4.0) * cells / whole), cells - 1);
  }

  /** True where no neighbour is hotter, and none before it is as hot. */
  boolean isPeak(int cell) {
    int row = cell / columns;
    int column = cell % columns;
    for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        int other = y * columns + x;
        if (cells[other] > cells[cell] || (other < cell && cells[other] == cells[cell])) {
          return false;
        }
      }
    }
    return true;
  }

  /** The box around the cells at least this hot that hang together with this one. */
  Region around(int seed, double level, ImageGeometry image) {
    boolean[] seen = new boolean[cells.length];
    int[] queue = new int[cells.length];
    int waiting = 0;
    queue[waiting++] = seed;
    seen[seed] = true;
    int top = rows;
    int bottom = 0;
    int left = columns;
    int right = 0;
    for (int next = 0; next < waiting; next++) {
      int row = queue[next] / columns;
      int column = queue[next] % columns;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      for (int side = 0; side < 4; side++) {
        int y = row + (side - 1) % 2;
        int x = column + (side - 2) % 2;
        boolean isInside = y >= 0 && y < rows && x >= 0 && x < columns;
        if (isInside && !seen[y * columns + x] && at(y, x) >= level) {
          seen[y * columns + x] = true;
          queue[waiting++] = y * columns + x;
        }
      }
    }
    return pixels(top, bottom, left, right, image);
  }

  /** Cells to pixels; the box has at least one pixel and lies inside the image. */
  private Region pixels(int top, int bottom, int left, int right, ImageGeometry image) {
    int x = Math.min(start(left, columns, image.width()), image.width() - 1);
    int y = Math.min(start(top, rows, image.height()), image.height() - 1);
    int endX = Math.max(x + 1, start(right, columns, image.width()));
    int endY = Math.max(y + 1, start(bottom, rows, image.height()));
    return new Region(x, y, endX - x, endY - y);
  }

  private static int start(int cell, int cells, int length) {
    return (int) Math.rint((double) cell * length / cells);
  }
}
