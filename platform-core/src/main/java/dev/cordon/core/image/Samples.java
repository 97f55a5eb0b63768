package dev.cordon.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Draws what the JDK decoded. Samples are taken as they are stored: the JDK's own conversions would
 * brighten grey pictures, whose colour space it takes for linear.
 */
final class Samples {
  private Samples() {}

  static void draw(BufferedImage image, UprightCanvas canvas) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      drawPalette(image.getRaster(), palette, canvas);
    } else {
      drawBands(image.getRaster(), canvas);
    }
  }

  private static void drawPalette(Raster raster, IndexColorModel palette, UprightCanvas canvas) {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        int argb = palette.getRGB(row[x]);
        canvas.blend(x, y, argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, argb >>> 24);
      }
    }
  }

  /** Grey, grey and alpha, RGB, or RGB and alpha. */
  private static void drawBands(Raster raster, UprightCanvas canvas) {
    int bands = raster.getNumBands();
    int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    int alpha = bands - 1;
    int[] row = new int[Math.multiplyExact(raster.getWidth(), bands)];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      toBytes(row, most);
      for (int x = 0, at = 0; at < row.length; x++, at += bands) {
        if (bands % 2 == 0) {
          canvas.blend(x, y, row[at], row[at + green], row[at + blue], row[at + alpha]);
        } else {
          canvas.set(x, y, row[at], row[at + green], row[at + blue]);
        }
      }
    }
  }

  private static void toBytes(int[] row, int most) {
    for (int i = 0; most != 255 && i < row.length; i++) {
      row[i] = (row[i] * 255 + most / 2) / most;
    }
  }

  /** Draws four inks without a colour profile: light is what the inks leave. */
  static void drawInks(Raster raster, UprightCanvas canvas) {
    int[] row = new int[4 * raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0, at = 0; at < row.length; x++, at += 4) {
        int paper = 255 - row[at + 3];
        canvas.set(
            x,
            y,
            (255 - row[at]) * paper / 255,
            (255 - row[at + 1]) * paper / 255,
            (255 - row[at + 2]) * paper / 255);
      }
    }
  }
}
