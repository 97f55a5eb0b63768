package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.ImageGeometry;

/**
 * The rough mask that segmenters of the SAM family take: 256 x 256 logits of a square whose side is
 * the image's longer one; the image lies at its top left, the rest is padding.
 */
final class LogitMask {
  static final int SIDE = 256;

  /** The segmenter's own frame, whose rounding decides where the image ends. */
  private static final int FRAME = 1024;

  private static final int FRAME_PIXELS = FRAME / SIDE;

  /** Logit of the hottest cell; a thing's edge has 0. */
  private static final double GREATEST = 8;

  private LogitMask() {}

  static LowResolutionMask of(Thing thing, ImageGeometry image) {
    double[] logits = logits(thing);
    int width = framed(image.width(), image);
    int height = framed(image.height(), image);
    float[] values = new float[SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        boolean isImage = reaches(row, height) && reaches(column, width);
        double logit =
            isImage ? between(thing, logits, place(row, height), place(column, width)) : -GREATEST;
        values[row * SIDE + column] = (float) logit;
      }
    }
    return new LowResolutionMask(SIDE, SIDE, values);
  }

  /** Rises from 0 at the thing's edge to the greatest at its peak; what else is hot stays off. */
  private static double[] logits(Thing thing) {
    double range = thing.hottest() - thing.level();
    double[] logits = new double[thing.heat().length];
    for (int cell = 0; cell < logits.length; cell++) {
      double logit =
          range > 0 ? GREATEST * (thing.heat()[cell] - thing.level()) / range : -GREATEST;
      double most = thing.belongs()[cell] ? GREATEST : -1;
      logits[cell] = Math.clamp(logit, -GREATEST, most);
    }
    return logits;
  }

  private static int framed(int side, ImageGeometry image) {
    double scale = (double) FRAME / Math.max(image.width(), image.height());
    return Math.max(1, (int) (side * scale + 0.5));
  }

  /** One cell more than the image has, so that its last pixels do not fade into the padding. */
  private static boolean reaches(int cell, int length) {
    return (cell - 1) * FRAME_PIXELS < length;
  }

  /** The middle of a mask's cell as a share of the image's side. */
  private static double place(int cell, int length) {
    return Math.min(1, (cell + 0.5) * FRAME_PIXELS / length);
  }

  /** Bilinear between the middles of the map's cells. */
  private static double between(Thing thing, double[] logits, double down, double right) {
    double y = Math.clamp(down * thing.rows() - 0.5, 0, thing.rows() - 1);
    double x = Math.clamp(right * thing.columns() - 0.5, 0, thing.columns() - 1);
    int above = (int) y;
    int left = (int) x;
    int below = Math.min(above + 1, thing.rows() - 1);
    int next = Math.min(left + 1, thing.columns() - 1);
    int columns = thing.columns();
    double upper = mix(logits[above * columns + left], logits[above * columns + next], x - left);
    double lower = mix(logits[below * columns + left], logits[below * columns + next], x - left);
    return mix(upper, lower, y - above);
  }

  private static double mix(double from, double to, double share) {
    return from + share * (to - from);
  }
}
