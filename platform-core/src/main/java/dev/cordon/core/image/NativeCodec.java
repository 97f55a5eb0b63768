package dev.cordon.core.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.cordon.models.preprocessing.RgbImage;
import java.lang.foreign.MemorySegment;

/** Decodes bare JPEG and WebP containers with libjpeg-turbo and libwebp. */
final class NativeCodec {
  private final LeptonicaLibrary library = LeptonicaLibrary.load();

  /** At 1 / {@code reduction} of the size: averages of pixels, not every n-th. */
  RgbImage jpeg(Container container, int reduction) throws ImageRefused {
    RgbImage image =
        library.readJpeg(container.bare(), reduction, rows -> upright(rows, container, reduction));
    if (image == null) {
      throw ImageRefused.damaged();
    }
    return image;
  }

  private static RgbImage upright(LeptonicaLibrary.Rows rows, Container container, int reduction) {
    if (rows.width() != Math.ceilDiv(container.width(), reduction)
        || rows.height() != Math.ceilDiv(container.height(), reduction)) {
      return null;
    }
    var canvas = canvas(rows.width(), rows.height(), container);
    int[] row = new int[rows.words()];
    for (int y = 0; y < rows.height(); y++) {
      MemorySegment.copy(rows.data(), JAVA_INT, 4L * y * row.length, row, 0, row.length);
      if (rows.depth() == 32) {
        canvas.setRow(y, row);
      } else {
        grey(canvas, y, rows.width(), row);
      }
    }
    return canvas.image();
  }

  /** Four pixels share a word, the first in its highest byte. */
  private static void grey(UprightCanvas canvas, int y, int width, int[] row) {
    for (int x = 0; x < width; x++) {
      int level = row[x >> 2] >>> (24 - 8 * (x & 3)) & 0xff;
      canvas.set(x, y, level, level, level);
    }
  }

  RgbImage webp(Container container) throws ImageRefused {
    int width = container.width();
    int height = container.height();
    RgbImage image =
        library.readWebp(
            container.bare(),
            width,
            height,
            rgba -> {
              var canvas = canvas(width, height, container);
              byte[] row = new byte[4 * width];
              for (int y = 0; y < height; y++) {
                MemorySegment.copy(rgba, JAVA_BYTE, (long) y * row.length, row, 0, row.length);
                for (int x = 0, at = 0; x < width; x++, at += 4) {
                  canvas.blend(
                      x,
                      y,
                      row[at] & 0xff,
                      row[at + 1] & 0xff,
                      row[at + 2] & 0xff,
                      row[at + 3] & 0xff);
                }
              }
              return canvas.image();
            });
    if (image == null) {
      throw ImageRefused.damaged();
    }
    return image;
  }

  private static UprightCanvas canvas(int width, int height, Container container) {
    return new UprightCanvas(width, height, Orientation.of(container.exif()));
  }
}
