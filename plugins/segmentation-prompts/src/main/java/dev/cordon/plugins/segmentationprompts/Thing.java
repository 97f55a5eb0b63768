package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.SimilarityMap;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where one label may be: a peak of its smoothed map and the cells around it that are more than
 * half as far above the map's mean.
 */
record Thing(int rows, int columns, double[] heat, boolean[] belongs, int peak, double level) {
  /** Weights of a Gaussian one cell wide. */
  private static final double[] KERNEL = {0.054, 0.242, 0.399, 0.242, 0.054};

  private static final double LEVEL = 0.5;

  /** A further peak counts if it rises this share as high above the mean as the hottest. */
  private static final double FURTHER = 0.6;

  private static final int MOST_PEAKS = 8;

  /**
   * The label's things, the hottest first. The heat of a cell is how much more the label fits it
   * than scenery does.
   */
  static List<Thing> of(SimilarityMap map, Wording wording, int label) throws PluginException {
    double[] heat = new double[map.rows() * map.columns()];
    for (int cell = 0; cell < heat.length; cell++) {
      int row = cell / map.columns();
      int column = cell % map.columns();
      heat[cell] =
          wording.ofLabel(label, text -> map.cosine(row, column, text))
              - wording.ofScenery(text -> map.cosine(row, column, text));
    }
    double[] smooth = smoothed(smoothed(heat, map, 1, 0), map, 0, 1);
    double mean = Arrays.stream(smooth).sum() / smooth.length;
    List<Integer> peaks =
        IntStream.range(0, smooth.length)
            .filter(cell -> isPeak(smooth, map.columns(), cell))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer cell) -> smooth[cell]).reversed())
            .limit(MOST_PEAKS)
            .toList();
    double least = mean + FURTHER * (smooth[peaks.getFirst()] - mean);
    return peaks.stream()
        .filter(peak -> smooth[peak] >= least)
        .map(peak -> around(smooth, map, peak, mean))
        .toList();
  }

  private static Thing around(double[] heat, SimilarityMap map, int peak, double mean) {
    double level = mean + LEVEL * (heat[peak] - mean);
    boolean[] belongs = new boolean[heat.length];
    spread(heat, map.columns(), level, peak, belongs);
    return new Thing(map.rows(), map.columns(), heat, belongs, peak, level);
  }

  /** True where no neighbour is hotter, and none before it is as hot. */
  private static boolean isPeak(double[] heat, int columns, int cell) {
    int rows = heat.length / columns;
    for (int y = Math.max(0, cell / columns - 1);
        y <= Math.min(rows - 1, cell / columns + 1);
        y++) {
      int right = Math.min(columns - 1, cell % columns + 1);
      for (int x = Math.max(0, cell % columns - 1); x <= right; x++) {
        int other = y * columns + x;
        if (heat[other] > heat[cell] || (other < cell && heat[other] == heat[cell])) {
          return false;
        }
      }
    }
    return true;
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
