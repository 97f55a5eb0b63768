package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.SimilarityMap;

/**
 * Where one label is most likely: the hottest cell of its smoothed map and the cells around it that
 * are more than half as far above the map's mean.
 */
record Thing(int rows, int columns, double[] heat, boolean[] belongs, int peak, double level) {
  /** Weights of a Gaussian one cell wide. */
  private static final double[] KERNEL = {0.054, 0.242, 0.399, 0.242, 0.054};

  private static final double LEVEL = 0.5;

  /** The heat of a cell is how much more the label fits it than scenery does. */
  static Thing of(SimilarityMap map, Wording wording, int label) throws PluginException {
    double[] heat = new double[map.rows() * map.columns()];
    for (int cell = 0; cell < heat.length; cell++) {
      int row = cell / map.columns();
      int column = cell % map.columns();
      heat[cell] =
          wording.ofLabel(label, text -> map.cosine(row, column, text))
              - wording.ofScenery(text -> map.cosine(row, column, text));
    }
    double[] smooth = smoothed(smoothed(heat, map, 1, 0), map, 0, 1);
    int peak = 0;
    double sum = 0;
    for (int cell = 0; cell < smooth.length; cell++) {
      sum += smooth[cell];
      if (smooth[cell] > smooth[peak]) {
        peak = cell;
      }
    }
    double mean = sum / smooth.length;
    double level = mean + LEVEL * (smooth[peak] - mean);
    boolean[] belongs = new boolean[smooth.length];
    spread(smooth, map.columns(), level, peak, belongs);
    return new Thing(map.rows(), map.columns(), smooth, belongs, peak, level);
  }

  /** Along one direction; beyond the edge lies what is at the edge. */
  private static double[] smoothed(double[] heat, SimilarityMap map, int down, int right) {
    double[] smooth = new double[heat.length];
    for (int cell = 0; cell < heat.length; cell++) {
      double weights = 0;
      for (int k = 0; k < KERNEL.length; k++) {
        long step = k - KERNEL.length / 2;
        int row = Math.clamp(cell / map.columns() + step * down, 0, map.rows() - 1);
        int column = Math.clamp(cell % map.columns() + step * right, 0, map.columns() - 1);
        smooth[cell] += KERNEL[k] * heat[row * map.columns() + column];
        weights += KERNEL[k];
      }
      smooth[cell] /= weights;
    }
    return smooth;
  }

  /** Marks the cells of at least this heat that hang together with the seed. */
  private static void spread(
      double[] heat, int columns, double level, int seed, boolean[] belongs) {
    int[] queue = new int[heat.length];
    int waiting = 0;
    queue[waiting++] = seed;
    belongs[seed] = true;
    for (int next = 0; next < waiting; next++) {
      int cell = queue[next];
      int[] neighbours = {
        cell - columns,
        cell + columns,
        cell % columns == 0 ? -1 : cell - 1,
        (cell + 1) % columns == 0 ? -1 : cell + 1
      };
      for (int other : neighbours) {
        if (other >= 0 && other < heat.length && !belongs[other] && heat[other] >= level) {
          belongs[other] = true;
          queue[waiting++] = other;
        }
      }
    }
  }

  double hottest() {
    return heat[peak];
  }

  /** The box around the cells that belong; at least one pixel, inside the image. */
  Region box(ImageGeometry image) {
    int top = rows;
    int bottom = 0;
    int left = columns;
    int right = 0;
    for (int cell = 0; cell < heat.length; cell++) {
      if (belongs[cell]) {
        top = Math.min(top, cell / columns);
        bottom = Math.max(bottom, cell / columns + 1);
        left = Math.min(left, cell % columns);
        right = Math.max(right, cell % columns + 1);
      }
    }
    int x = Math.min(edge(left, columns, image.width()), image.width() - 1);
    int y = Math.min(edge(top, rows, image.height()), image.height() - 1);
    int endX = Math.max(x + 1, edge(right, columns, image.width()));
    int endY = Math.max(y + 1, edge(bottom, rows, image.height()));
    return new Region(x, y, endX - x, endY - y);
  }

  private static int edge(int cell, int cells, int length) {
    return (int) Math.rint((double) cell * length / cells);
  }
}
