package dev.cordon.models.onnx;

import dev.cordon.models.manifest.Preprocessing;
import dev.cordon.models.manifest.Preprocessing.Fit;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.Region;
import java.nio.FloatBuffer;

/**
 * Prepares pictures whose result is known without resampling, by the formula of the manifest alone:
 * one of the tower's size, one of a single colour, and one that is only cropped.
 */
final class PreparationCheck {
  private static final double MOST_DIFFERENCE = 1e-5;

  private final Preprocessing rules;
  private final ImageInput input;

  PreparationCheck(Preprocessing rules) {
    this.rules = rules;
    this.input = new ImageInput(rules);
  }

  private interface Level {
    int at(int x, int y, int channel);
  }

  /** The largest difference from the formula; refuses one that is more than rounding. */
  double run() throws ModelPackageException {
    int size = rules.size();
    Level busy = (x, y, channel) -> (x * 7 + y * 13 + channel * 101) % 256;
    Level plain = (x, y, channel) -> 40 + 80 * channel;
    double most = difference("a picture of its size", size, size, busy, busy);
    most = Math.max(most, difference("one colour", size / 2 + 9, size / 3 + 5, plain, plain));
    if (rules.fit() == Fit.CROP) {
      int more = 11;
      int left =
          switch (rules.cropOffset()) {
            case DOWN -> 5;
            case HALF_EVEN -> 6;
          };
      Level cropped = (x, y, channel) -> busy.at(x + left, y, channel);
      most = Math.max(most, difference("a crop", size + more, size, busy, cropped));
    }
    return most;
  }

  private double difference(String what, int width, int height, Level levels, Level expected)
      throws ModelPackageException {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) levels.at(i / 3 % width, i / 3 / width, i % 3);
    }
    FloatBuffer prepared = FloatBuffer.allocate(input.length());
    input.prepare(new RgbImage(width, height, rgb), new Region(0, 0, width, height), prepared);
    double most = 0;
    int size = rules.size();
    for (int i = 0; i < input.length(); i++) {
      int channel = i / (size * size);
      int level = expected.at(i % size, i / size % size, channel);
      double value = level * rules.range() / 255 - rules.mean().get(channel);
      double wanted = value / rules.std().get(channel);
      // Relative where values are large, as with a small deviation.
      double off = Math.abs(prepared.get(i) - wanted) / Math.max(1, Math.abs(wanted));
      most = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(most, off);
    }
    if (!(most <= MOST_DIFFERENCE)) {
      throw new ModelPackageException("parity: " + what + " is not prepared as the manifest says");
    }
    return most;
  }
}
