package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures made in memory, and ways to take files apart. */
final class Pictures {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  /** Two columns, three rows: red, green / blue, yellow / cyan, magenta. */
  static final int[][] MARKER = {{0xff0000, 0x00ff00}, {0x0000ff, 0xffff00}, {0x00ffff, 0xff00ff}};

  private Pictures() {}

  static RgbImage decode(byte[] file) throws ImageRefused {
    return DECODER.decode(file).whole();
  }

  static int[][] pixels(RgbImage image) {
    int[][] pixels = new int[image.height()][image.width()];
    for (int i = 0; i < image.width() * image.height(); i++) {
      int red = image.rgb()[3 * i] & 0xff;
      int green = image.rgb()[3 * i + 1] & 0xff;
      int blue = image.rgb()[3 * i + 2] & 0xff;
      pixels[i / image.width()][i % image.width()] = red << 16 | green << 8 | blue;
    }
    return pixels;
  }

  static BufferedImage filled(int width, int height, int rgb) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, rgb);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }

  /** Noise with large and small shapes, so that every kind of block occurs. */
  static BufferedImage busy(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 7 + y * 13) * 0x010305 ^ (x * y & 0x3f) << 9 & 0xffffff);
      }
    }
    return image;
  }

  static byte[] jpeg(BufferedImage image, int progressive) {
    return write("jpeg", new IIOImage(image, null, null), progressive);
  }

  static byte[] jpeg(BufferedImage image) {
    return jpeg(image, ImageWriteParam.MODE_DISABLED);
  }

  /** A JPEG whose samples are stored without any conversion of colours. */
  static byte[] jpegOfSamples(Raster raster) {
    return write("jpeg", new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
  }

  static byte[] png(BufferedImage image, int interlacing) {
    return write("png", new IIOImage(image, null, null), interlacing);
  }

  private static byte[] write(String format, IIOImage image, int progressive) {
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(progressive);
      if (format.equals("jpeg")) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.95f);
      }
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts a segment right after the start of a JPEG. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    var segment = ByteBuffer.allocate(4 + data.length);
    segment.put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2)).put(data);
    return join(Arrays.copyOf(jpeg, 2), segment.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** An EXIF block with one tag of IFD0: the orientation. */
  static byte[] exif(int orientation) {
    var tiff = ByteBuffer.allocate(26).put(ascii("MM\0*")).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return tiff.array();
  }

  static byte[] resource(String name) throws IOException {
    try (var in = Pictures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static int indexOf(byte[] bytes, int... wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && (bytes[at + same] & 0xff) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }
}
