package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTest {
  private static final String COLOURS = "rgbycm";

  private static byte[] marker(int pixel) {
    byte[][] rows = new byte[3 * pixel][3 * 2 * pixel];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < 2 * pixel; x++) {
        int rgb = Pictures.MARKER[y / pixel][x / pixel];
        rows[y][3 * x] = (byte) (rgb >> 16);
        rows[y][3 * x + 1] = (byte) (rgb >> 8);
        rows[y][3 * x + 2] = (byte) rgb;
      }
    }
    return PngBytes.of(2 * pixel, 3 * pixel, 8, PngBytes.RGB).rows(rows).cutOff();
  }

  /** The rows of the picture, each pixel by the first letter of its colour. */
  private static String letters(int[][] pixels, int pixel) {
    var letters = new StringBuilder();
    for (int y = pixel / 2; y < pixels.length; y += pixel) {
      for (int x = pixel / 2; x < pixels[0].length; x += pixel) {
        letters.append(nearest(pixels[y][x]));
      }
      letters.append(' ');
    }
    return letters.toString().trim();
  }

  private static char nearest(int rgb) {
    int bright = (rgb >> 23 & 1) << 16 | (rgb >> 15 & 1) << 8 | rgb >> 7 & 1;
    for (int i = 0; i < COLOURS.length(); i++) {
      if (bright == (Pictures.MARKER[i / 2][i % 2] & 0x010101)) {
        return COLOURS.charAt(i);
      }
    }
    throw new AssertionError(Integer.toHexString(rgb));
  }

  /** Stored: red green / blue yellow / cyan magenta. */
  @ParameterizedTest
  @CsvSource({
    "1, rg by cm",
    "2, gr yb mc",
    "3, mc yb gr",
    "4, cm by rg",
    "5, rbc gym",
    "6, cbr myg",
    "7, myg cbr",
    "8, gym rbc"
  })
  void isAppliedToEachFormat(int orientation, String upright) throws Exception {
    byte[] exif = Pictures.exif(orientation);
    byte[] png = Pictures.join(marker(1), tail(exif));
    assertEquals(upright, letters(Pictures.pixels(Pictures.decode(png)), 1));
    byte[] large = Pictures.join(marker(16), tail(Pictures.exif(1)));
    var image = Pictures.decode(large);
    var buffered = Pictures.filled(32, 48, 0);
    int[][] pixels = Pictures.pixels(image);
    for (int y = 0; y < 48; y++) {
      buffered.setRGB(0, y, 32, 1, pixels[y], 0, 32);
    }
    byte[] jpeg =
        Pictures.withSegment(
            Pictures.jpeg(buffered), 0xe1, Pictures.join(Pictures.ascii("Exif\0\0"), exif));
    assertEquals(upright, letters(Pictures.pixels(Pictures.decode(jpeg)), 16));
  }

  private static byte[] tail(byte[] exif) {
    byte[] png = PngBytes.of(1, 1, 8, 0).chunk("eXIf", exif).end();
    int header = PngBytes.of(1, 1, 8, 0).cutOff().length;
    return Arrays.copyOfRange(png, header, png.length);
  }

  @Test
  void isReadFromWebp() throws Exception {
    var image = Pictures.decode(Pictures.resource("marker-lossless-exif6.webp"));
    assertEquals("cbr myg", letters(Pictures.pixels(image), 1));
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "-1", "65535"})
  void outsideOneToEightCountsAsUpright(int orientation) {
    assertEquals(Orientation.UPRIGHT, Orientation.of(Pictures.exif(orientation)));
  }

  @Test
  void ofABlockThatPointsIntoItselfOrFarAwayIsStillRead() {
    var loop = ByteBuffer.wrap(Pictures.exif(6));
    loop.putInt(22, 8);
    assertEquals(Orientation.LYING_ON_LEFT, Orientation.of(loop.array()));
    var far = ByteBuffer.wrap(Pictures.exif(6));
    far.putInt(4, Integer.MAX_VALUE);
    assertEquals(Orientation.LYING_ON_LEFT, Orientation.of(far.array()));
    var huge = ByteBuffer.wrap(Pictures.exif(6));
    huge.putInt(14, -1);
    assertEquals(Orientation.UPRIGHT, Orientation.of(huge.array()));
  }

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHostileBlockDoesNotKeepAPictureFromBeingDecoded(long seed) throws Exception {
    var random = new Random(seed);
    byte[] exif = new byte[random.nextInt(400)];
    random.nextBytes(exif);
    byte[] start = Pictures.exif(1 + random.nextInt(8));
    System.arraycopy(start, 0, exif, 0, Math.min(exif.length, 8 + random.nextInt(18)));
    byte[] jpeg = Pictures.jpeg(Pictures.filled(16, 16, 0x3060c0));
    byte[] app1 = Pictures.join(Pictures.ascii("Exif\0\0"), exif);
    int[][] plain = Pictures.pixels(Pictures.decode(jpeg));
    assertArrayEquals(
        plain, Pictures.pixels(Pictures.decode(Pictures.withSegment(jpeg, 0xe1, app1))));
  }
}
