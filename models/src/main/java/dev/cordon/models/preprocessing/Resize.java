package dev.cordon.models.preprocessing;

import dev.cordon.models.manifest.Preprocessing.Filter;
import dev.cordon.spi.Region;
import java.util.Arrays;

/**
 * Resizes a region of an image and computes only the window of the result that is asked for: rows
 * first, then columns, each pass rounded to 8 bits, as Pillow does.
 */
final class Resize {
  private static final int HALF = 1 << (Resampling.BITS - 1);

  private Resize() {}

  /**
   * The part {@code window} of {@code source} resized to {@code width} x {@code height}; the source
   * lies inside the image and the window inside the result.
   */
  static RgbImage resize(
      Filter filter, RgbImage image, Region source, int width, int height, Region window) {
    Resampling columns = Resampling.of(filter, source.width(), width, window.x(), window.width());
    Resampling rows = Resampling.of(filter, source.height(), height, window.y(), window.height());
    byte[] narrow = shrinkRows(image, source, columns, rows.firstInput(), rows.endInput());
    int rowBytes = 3 * window.width();
    byte[] result = new byte[rowBytes * window.height()];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < window.height(); y++) {
      sumRows(narrow, rows, y, sums);
      for (int i = 0; i < rowBytes; i++) {
        result[y * rowBytes + i] = level(sums[i]);
      }
    }
    return new RgbImage(window.width(), window.height(), result);
  }

  private static byte[] shrinkRows(
      RgbImage image, Region source, Resampling columns, int fromRow, int toRow) {
    int width = columns.first.length;
    int from = columns.firstInput();
    int length = columns.endInput() - from;
    long[] redGreen = new long[length];
    int[] blue = new int[length];
    byte[] result = new byte[3 * width * (toRow - fromRow)];
    for (int y = fromRow; y < toRow; y++) {
      int start = 3 * ((source.y() + y) * image.width() + source.x() + from);
      unpack(image.rgb(), start, redGreen, blue);
      shrinkRow(redGreen, blue, columns, result, 3 * width * (y - fromRow));
    }
    return result;
  }

  private static void unpack(byte[] rgb, int start, long[] redGreen, int[] blue) {
    for (int i = 0, at = start; i < blue.length; i++, at += 3) {
      redGreen[i] = (rgb[at] & 0xff) | (long) (rgb[at + 1] & 0xff) << 32;
      blue[i] = rgb[at + 2] & 0xff;
    }
  }

  /** Red and green share one long, so a weight costs two multiplications instead of three. */
  private static void shrinkRow(
      long[] redGreen, int[] blue, Resampling columns, byte[] out, int offset) {
    int from = columns.firstInput();
    int[] weights = columns.weights;
    int at = offset;
    for (int x = 0; x < columns.first.length; x++) {
      int start = columns.first[x] - from;
      int taps = columns.taps[x];
      int weight = x * columns.stride;
      long two = HALF + ((long) HALF << 32);
      int third = HALF;
      for (int k = 0; k < taps; k++) {
        int w = weights[weight + k];
        two += w * redGreen[start + k];
        third += w * blue[start + k];
      }
      // INVARIANT: both sums fit an int (see BITS), so the low half is exact as a signed int.
      int red = (int) two;
      out[at++] = level(red);
      out[at++] = level((int) ((two - red) >> 32));
      out[at++] = level(third);
    }
  }

  private static void sumRows(byte[] narrow, Resampling rows, int y, int[] sums) {
    Arrays.fill(sums, HALF);
    for (int k = 0; k < rows.taps[y]; k++) {
      int weight = rows.weights[y * rows.stride + k];
      int start = (rows.first[y] - rows.firstInput() + k) * sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * (narrow[start + i] & 0xff);
      }
    }
  }

  private static byte level(int sum) {
    return (byte) Math.clamp(sum >> Resampling.BITS, 0, 255);
  }
}
