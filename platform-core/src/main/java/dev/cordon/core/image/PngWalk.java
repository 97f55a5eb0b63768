package dev.cordon.core.image;

import dev.cordon.core.image.Container.Colours;
import dev.cordon.core.image.Container.Format;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Walks a PNG chunk by chunk (W3C PNG, 5.3): order, check sums, enough pixel data, exact end. */
final class PngWalk {
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12;

  /** First column, first row, column step, row step of the seven passes of Adam7. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
  private int width;
  private int height;
  private long missing = -1;
  private byte[] exif = Container.NO_EXIF;

  private PngWalk(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  static Container walk(byte[] file, ImageLimits limits) throws ImageRefused {
    var walk = new PngWalk(file, limits);
    try (var pixels = new Inflater()) {
      Container.refuseTail(file, walk.chunks(pixels));
    } catch (DataFormatException e) {
      throw ImageRefused.damaged();
    }
    if (walk.missing > 0) {
      throw ImageRefused.damaged();
    }
    return new Container(
        Format.PNG, walk.width, walk.height, Colours.USUAL, walk.exif, walk.bare.toByteArray());
  }

  /** Gives the index after the last chunk. */
  private int chunks(Inflater pixels) throws ImageRefused, DataFormatException {
    bare.write(file, 0, SIGNATURE);
    int at = SIGNATURE;
    while (true) {
      var chunk = ByteBuffer.wrap(file, at, file.length - at);
      int length = chunk.getInt();
      if (length < 0 || length > chunk.remaining() - 8) {
        throw cutOff(at);
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      checkSum(at, length);
      if (type.equals("IHDR") != (at == SIGNATURE)) {
        throw ImageRefused.damaged();
      }
      chunk(type, at + 8, length, pixels);
      if (isNeeded(type)) {
        bare.write(file, at, length + AROUND_DATA);
      }
      at += length + AROUND_DATA;
      if (type.equals("IEND")) {
        return at;
      }
    }
  }

  /**
   * A file that ends within its header chunk still states a size, and the size is refused first.
   */
  private ImageRefused cutOff(int at) throws ImageRefused {
    if (at == SIGNATURE && file.length >= SIGNATURE + 16) {
      var header = ByteBuffer.wrap(file, SIGNATURE + 8, 8);
      limits.admit(header.getInt(), header.getInt());
    }
    return ImageRefused.damaged();
  }

  private void checkSum(int at, int length) throws ImageRefused {
    var sum = new CRC32();
    sum.update(file, at + 4, length + 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(file, at + 8 + length, 4).getInt()) {
      throw ImageRefused.damaged();
    }
  }

  private void chunk(String type, int at, int length, Inflater pixels)
      throws ImageRefused, DataFormatException {
    switch (type) {
      case "IHDR" -> header(ByteBuffer.wrap(file, at, length));
      case "IDAT" -> inflate(pixels, at, length);
      case "eXIf" -> {
        if (length <= Container.MOST_EXIF) {
          exif = Arrays.copyOfRange(file, at, at + length);
        }
      }
      default -> {
        // Upper case says that a decoder must know the chunk (5.4).
        if (Character.isUpperCase(type.charAt(0)) && !isNeeded(type)) {
          throw ImageRefused.unsupported("this kind of png is not accepted; save it as plain png");
        }
      }
    }
  }

  private static boolean isNeeded(String type) {
    return switch (type) {
      case "IHDR", "PLTE", "tRNS", "IDAT", "IEND" -> true;
      default -> false;
    };
  }

  private void header(ByteBuffer header) throws ImageRefused {
    width = header.getInt();
    height = header.getInt();
    limits.admit(width, height);
    int depth = header.get();
    int bits =
        switch (header.get()) {
          case 0, 3 -> depth;
          case 2 -> 3 * depth;
          case 4 -> 2 * depth;
          case 6 -> 4 * depth;
          default -> throw ImageRefused.damaged();
        };
    header.getShort();
    boolean isInOnePass = header.get() == 0;
    missing = isInOnePass ? rows(width, height, bits) : interlacedRows(bits);
  }

  private long interlacedRows(int bits) {
    long bytes = 0;
    for (int[] pass : ADAM7) {
      int columns = (width - pass[0] + pass[2] - 1) / pass[2];
      bytes += rows(columns, (height - pass[1] + pass[3] - 1) / pass[3], bits);
    }
    return bytes;
  }

  /** Bytes of a pass: each row has a filter byte; an empty pass has no rows. */
  private static long rows(int columns, int rows, int bits) {
    return columns <= 0 || rows <= 0 ? 0 : rows * (1 + ((long) columns * bits + 7) / 8);
  }

  private void inflate(Inflater pixels, int at, int length) throws DataFormatException {
    pixels.setInput(file, at, length);
    var discarded = new byte[8192];
    while (missing > 0 && !pixels.needsInput() && !pixels.finished()) {
      missing -= pixels.inflate(discarded);
    }
  }
}
