package dev.cordon.core.blackbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures, each another one, and files that are none. */
final class JobImages {
  private JobImages() {}

  /** Noise of a seed, as PNG. */
  static byte[] picture(int seed, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, random.nextInt(0x1000000));
      }
    }
    return png(image);
  }

  /** As bright as can be, as PNG. */
  static byte[] white(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  /** Broken in one of two ways. */
  static byte[] broken(int seed) {
    byte[] whole = picture(seed, 64);
    return seed % 20 < 10
        ? Arrays.copyOf(whole, whole.length / 2)
        : ("no image " + seed).getBytes(StandardCharsets.US_ASCII);
  }
}
