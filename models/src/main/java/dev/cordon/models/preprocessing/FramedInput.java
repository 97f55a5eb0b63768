package dev.cordon.models.preprocessing;

import dev.cordon.models.manifest.Segmenter;
import dev.cordon.models.sam.SamFrame;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.nio.FloatBuffer;

/**
 * Prepares pictures for a segmenter as its package says: at the top left of a square that is 0
 * where the picture ends, planes of red, green and blue, rows from the top. Immutable.
 */
public final class FramedInput {
  private static final int PLANE = SamFrame.SIDE * SamFrame.SIDE;

  /** Values in one prepared picture. */
  public static final int LENGTH = 3 * PLANE;

  private final Segmenter.Encoder rules;

  public FramedInput(Segmenter.Encoder rules) {
    this.rules = rules;
  }

  /** Fills all of the buffer. */
  public void prepare(RgbImage image, FloatBuffer out) {
    ImageGeometry size = new ImageGeometry(image.width(), image.height());
    SamFrame frame = new SamFrame(size);
    int width = frame.width();
    int height = frame.height();
    Region all = new Region(0, 0, width, height);
    byte[] rgb = Resize.resize(rules.resize(), image, size.whole(), width, height, all).rgb();
    out.put(0, new float[LENGTH]);
    for (int channel = 0; channel < 3; channel++) {
      double mean = rules.mean().get(channel);
      double std = rules.std().get(channel);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int value = rgb[3 * (y * width + x) + channel] & 0xff;
          double normalised = (value * (rules.range() / 255) - mean) / std;
          out.put(channel * PLANE + y * SamFrame.SIDE + x, (float) normalised);
        }
      }
    }
  }
}
