package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;

/**
 * Facts about the picture as a whole: sharpness is the variance of the 4-neighbour Laplacian of the
 * luma (Rec. 601, 0 to 1) after box-averaging to at most 512 pixels a side, 0 for pictures without
 * an inner pixel; brightness is the mean luma, 0 to 1, and contrast the standard deviation of the
 * luma, 0 to 0.5.
 */
public record ImageQuality(double sharpness, double brightness, double contrast) {
  private static final int SIDE = 512;

  static ImageQuality of(RgbImage image) {
    int step = (Math.max(image.width(), image.height()) + SIDE - 1) / SIDE;
    int columns = (image.width() + step - 1) / step;
    int rows = (image.height() + step - 1) / step;
    double[] sums = new double[columns * rows];
    int[] counts = new int[sums.length];
    double total = 0;
    double squares = 0;
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, at += 3) {
        double luma = luma(image.rgb(), at);
        int cell = y / step * columns + x / step;
        sums[cell] += luma;
        counts[cell]++;
        total += luma;
        squares += luma * luma;
      }
    }
    for (int cell = 0; cell < sums.length; cell++) {
      sums[cell] /= counts[cell];
    }
    long pixels = (long) image.width() * image.height();
    double mean = total / pixels;
    double variance = Math.max(0, squares / pixels - mean * mean);
    return new ImageQuality(
        laplacianVariance(sums, columns, rows), Math.min(1, mean), Math.sqrt(variance));
  }

  private static double luma(byte[] rgb, int at) {
    return ((rgb[at] & 0xff) * 0.299 + (rgb[at + 1] & 0xff) * 0.587 + (rgb[at + 2] & 0xff) * 0.114)
        / 255;
  }

  private static double laplacianVariance(double[] luma, int columns, int rows) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int y = 1; y < rows - 1; y++) {
      for (int x = 1; x < columns - 1; x++) {
        int at = y * columns + x;
        double edge =
            luma[at - columns] + luma[at + columns] + luma[at - 1] + luma[at + 1] - 4 * luma[at];
        sum += edge;
        squares += edge * edge;
        count++;
      }
    }
    // Rounding can leave a plain picture a little below zero.
    return count == 0 ? 0 : Math.max(0, squares / count - sum / count * (sum / count));
  }
}
