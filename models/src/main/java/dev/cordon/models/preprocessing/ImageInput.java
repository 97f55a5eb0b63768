package dev.cordon.models.preprocessing;

import dev.cordon.models.manifest.Preprocessing;
import dev.cordon.models.manifest.Preprocessing.Rounding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.nio.FloatBuffer;

/**
 * Prepares pictures for one image tower as its package says. Results are planes of red, green and
 * blue, normalised, rows from the top (NCHW with N = 1). Immutable.
 */
public final class ImageInput {
  /** Changes when the same picture and rules would give other numbers than before. */
  public static final String VERSION = "1";

  private final Preprocessing rules;
  private final float[][] normalised = new float[3][256];

  public ImageInput(Preprocessing rules) {
    this.rules = rules;
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        double scaled = value * (rules.range() / 255);
        normalised[channel][value] =
            (float) ((scaled - rules.mean().get(channel)) / rules.std().get(channel));
      }
    }
  }

  /** Values in one prepared picture: 3 x size x size. */
  public int length() {
    return 3 * rules.size() * rules.size();
  }

  /** Fills the buffer from its first value with the region, fitted as the package says. */
  public void prepare(RgbImage image, Region region, FloatBuffer out) {
    normalise(fitted(image, region), out);
  }

  /** Fills the buffer from 0 with the whole image, stretched to {@code size} x {@code size}. */
  public void squash(RgbImage image, int size, FloatBuffer out) {
    Region whole = new ImageGeometry(image.width(), image.height()).whole();
    Region window = new Region(0, 0, size, size);
    normalise(Resize.resize(rules.resize(), image, whole, size, size, window), out);
  }

  /** The region at the tower's size before it is normalised. */
  RgbImage fitted(RgbImage image, Region region) {
    int size = rules.size();
    return switch (rules.fit()) {
      case CROP -> {
        int width = scaled(region.width(), region.height());
        int height = scaled(region.height(), region.width());
        Region window = new Region(cropOffset(width), cropOffset(height), size, size);
        yield Resize.resize(rules.resize(), image, region, width, height, window);
      }
      case SQUASH ->
          Resize.resize(rules.resize(), image, region, size, size, new Region(0, 0, size, size));
    };
  }

  /** A side's length once the shorter one is {@code size}. */
  private int scaled(int side, int otherSide) {
    if (side <= otherSide) {
      return rules.size();
    }
    return (int) divide((long) side * rules.size(), otherSide, rules.longerSide());
  }

  private int cropOffset(int length) {
    return (int) divide(length - rules.size(), 2, rules.cropOffset());
  }

  private static long divide(long dividend, long divisor, Rounding rounding) {
    long down = dividend / divisor;
    long twiceRest = 2 * (dividend % divisor);
    return switch (rounding) {
      case DOWN -> down;
      case HALF_EVEN ->
          twiceRest > divisor || (twiceRest == divisor && down % 2 == 1) ? down + 1 : down;
    };
  }

  private void normalise(RgbImage image, FloatBuffer out) {
    byte[] rgb = image.rgb();
    int plane = rgb.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      float[] table = normalised[channel];
      int to = channel * plane;
      for (int at = channel; at < rgb.length; at += 3) {
        out.put(to++, table[rgb[at] & 0xff]);
      }
    }
  }
}
