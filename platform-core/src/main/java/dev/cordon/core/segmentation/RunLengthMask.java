package dev.cordon.core.segmentation;

import dev.cordon.models.sam.SamFrame;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.ImageGeometry;
import java.util.Arrays;

/**
 * A mask at the image's size in COCO's compressed run-length form: {@code size} is height and
 * width, {@code counts} the lengths of runs off and on in turn, column by column, five bits a
 * character, from the third on as the difference to the one before the last.
 */
public record RunLengthMask(int[] size, String counts) {
  /** Pixels whose logit, between the cells of a mask of the frame, is above 0. */
  public static RunLengthMask of(LowResolutionMask mask, ImageGeometry image) {
    SamFrame frame = new SamFrame(image);
    double stepX = (double) frame.width() / image.width() * mask.width() / SamFrame.SIDE;
    double stepY = (double) frame.height() / image.height() * mask.height() / SamFrame.SIDE;
    return of(mask, image, stepX, stepY);
  }

  /** The same of a mask that covers the image and nothing more. */
  static RunLengthMask covering(LowResolutionMask mask, ImageGeometry image) {
    double stepX = (double) mask.width() / image.width();
    double stepY = (double) mask.height() / image.height();
    return of(mask, image, stepX, stepY);
  }

  /** Bilinear between the middles of cells; a step is the cells of one pixel. */
  private static RunLengthMask of(
      LowResolutionMask mask, ImageGeometry image, double stepX, double stepY) {
    Runs runs = new Runs();
    double[] column = new double[mask.height()];
    for (int x = 0; x < image.width(); x++) {
      blend(mask, (x + 0.5) * stepX - 0.5, column);
      append(column, stepY, image.height(), runs);
    }
    return new RunLengthMask(new int[] {image.height(), image.width()}, runs.text());
  }

  /** The mask's logits along the line at this horizontal place, in cells. */
  private static void blend(LowResolutionMask mask, double place, double[] column) {
    double at = Math.clamp(place, 0, mask.width() - 1);
    int left = (int) at;
    int right = Math.min(left + 1, mask.width() - 1);
    for (int row = 0; row < column.length; row++) {
      double l = mask.logit(row, left);
      double r = mask.logit(row, right);
      column[row] = l + (at - left) * (r - l);
    }
  }

  private static void append(double[] column, double step, int height, Runs runs) {
    int last = column.length - 1;
    int y = 0;
    while (y < height) {
      double at = Math.clamp((y + 0.5) * step - 0.5, 0, last);
      int above = (int) at;
      double a = column[above];
      double b = column[Math.min(above + 1, last)];
      if (a > 0 == b > 0) {
        // Between two cells on the same side of 0 every pixel is on that side too.
        int next = above == last ? height : (int) Math.ceil((above + 1.5) / step - 0.5);
        int end = Math.clamp(next, y + 1, height);
        runs.add(a > 0 ? 1 : 0, end - y);
        y = end;
      } else {
        runs.add(a + (at - above) * (b - a) > 0 ? 1 : 0, 1);
        y++;
      }
    }
  }

  /** Lengths of runs of 0 and 1 in turn, 0 first. */
  static final class Runs {
    private int[] lengths = new int[64];
    private int last;

    void add(int value, int length) {
      if (value != last % 2) {
        last++;
        if (last == lengths.length) {
          lengths = Arrays.copyOf(lengths, 2 * last);
        }
      }
      lengths[last] += length;
    }

    String text() {
      StringBuilder text = new StringBuilder(3 * last);
      for (int i = 0; i <= last; i++) {
        append(text, i > 2 ? lengths[i] - lengths[i - 2] : lengths[i]);
      }
      return text.toString();
    }

    /** Five bits at a time, the lowest first; 32 says that more follow, 16 is the sign. */
    private static void append(StringBuilder text, int number) {
      int rest = number;
      boolean more;
      do {
        int bits = rest & 0x1f;
        rest >>= 5;
        more = (bits & 0x10) == 0 ? rest != 0 : rest != -1;
        text.append((char) (48 + (more ? bits | 0x20 : bits)));
      } while (more);
    }
  }
}
