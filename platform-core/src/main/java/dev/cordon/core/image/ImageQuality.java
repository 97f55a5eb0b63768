package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;
import java.util.Arrays;

/**
 * Facts about the picture as a whole: sharpness is the variance of the 4-neighbour Laplacian of the
 * luma (Rec. 601, 0 to 1) after box-averaging to at most 512 pixels a side, 0 for pictures without
 * an inner pixel; brightness is the mean luma, 0 to 1, and contrast the standard deviation of the
 * luma, 0 to 0.5.
 */
public record ImageQuality(double sharpness, double brightness, double contrast) {
  private static final int SIDE = 512;

  /** Luma is counted in thousandths of a level, so that sums are exact. */
  private static final double WHITE = 255_000;

  static ImageQuality of(RgbImage image) {
    int step = (Math.max(image.width(), image.height()) + SIDE - 1) / SIDE;
    int rows = (image.height() + step - 1) / step;
    var cells = new CellRows((image.width() + step - 1) / step);
    int[] luma = new int[image.width()];
    double total = 0;
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      int end = Math.min(image.height(), (row + 1) * step);
      cells.next();
      for (int y = row * step; y < end; y++) {
        luma(image.rgb(), 3 * y * image.width(), luma);
        long ofRow = 0;
        long squaresOfRow = 0;
        for (int level : luma) {
          ofRow += level;
          squaresOfRow += (long) level * level;
        }
        cells.add(luma, step);
        total += ofRow / WHITE;
        squares += squaresOfRow / (WHITE * WHITE);
      }
      cells.average(step, image.width(), end - row * step);
    }
    double pixels = (double) image.width() * image.height();
    double mean = total / pixels;
    double variance = Math.max(0, squares / pixels - mean * mean);
    return new ImageQuality(cells.laplacianVariance(), Math.min(1, mean), Math.sqrt(variance));
  }

  private static void luma(byte[] rgb, int start, int[] out) {
    for (int x = 0, at = start; x < out.length; x++, at += 3) {
      out[x] = (rgb[at] & 0xff) * 299 + (rgb[at + 1] & 0xff) * 587 + (rgb[at + 2] & 0xff) * 114;
    }
  }

  /** The last three rows of averaged luma, and the edges seen so far. */
  private static final class CellRows {
    private final long[] sums;
    private double[] above;
    private double[] middle;
    private double[] below;
    private int taken;
    private double sum;
    private double squares;
    private long count;

    CellRows(int columns) {
      sums = new long[columns];
      above = new double[columns];
      middle = new double[columns];
      below = new double[columns];
    }

    void next() {
      Arrays.fill(sums, 0);
    }

    /** Adds a row of pixels to its row of cells. */
    void add(int[] luma, int step) {
      if (step == 1) {
        for (int x = 0; x < luma.length; x++) {
          sums[x] += luma[x];
        }
        return;
      }
      for (int from = 0, cell = 0; from < luma.length; from += step, cell++) {
        long sum = 0;
        for (int x = from; x < Math.min(luma.length, from + step); x++) {
          sum += luma[x];
        }
        sums[cell] += sum;
      }
    }

    /** Takes the sums as a row of cells of {@code step} columns, the last one narrower. */
    void average(int step, int width, int height) {
      double[] free = above;
      above = middle;
      middle = below;
      below = free;
      for (int cell = 0; cell < sums.length; cell++) {
        int columns = Math.min(step, width - cell * step);
        below[cell] = sums[cell] / WHITE / ((double) columns * height);
      }
      if (++taken >= 3) {
        edges();
      }
    }

    private void edges() {
      for (int x = 1; x < sums.length - 1; x++) {
        double edge = above[x] + below[x] + middle[x - 1] + middle[x + 1] - 4 * middle[x];
        sum += edge;
        squares += edge * edge;
        count++;
      }
    }

    double laplacianVariance() {
      // Rounding can leave a plain picture a little below zero.
      return count == 0 ? 0 : Math.max(0, squares / count - sum / count * (sum / count));
    }
  }
}
