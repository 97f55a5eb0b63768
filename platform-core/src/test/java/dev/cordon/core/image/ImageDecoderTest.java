package dev.cordon.core.image;

import static dev.cordon.core.image.Pictures.MARKER;
import static dev.cordon.core.image.Pictures.decode;
import static dev.cordon.core.image.Pictures.pixels;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.RgbImage;
import java.awt.image.BufferedImage;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  static void assertNear(int[][] wanted, RgbImage image, int tolerance) {
    int[][] actual = pixels(image);
    assertEquals(wanted.length, actual.length);
    assertEquals(wanted[0].length, actual[0].length);
    for (int y = 0; y < wanted.length; y++) {
      for (int x = 0; x < wanted[0].length; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int difference = (wanted[y][x] >> shift & 0xff) - (actual[y][x] >> shift & 0xff);
          assertTrue(Math.abs(difference) <= tolerance, x + "," + y + " by " + difference);
        }
      }
    }
  }

  private static int[][] pixelsOf(BufferedImage image) {
    int[][] pixels = new int[image.getHeight()][image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        pixels[y][x] = image.getRGB(x, y) & 0xffffff;
      }
    }
    return pixels;
  }

  @ParameterizedTest
  @ValueSource(ints = {ImageWriteParam.MODE_DISABLED, ImageWriteParam.MODE_DEFAULT})
  void decodesBaselineAndProgressiveJpeg(int progressive) throws Exception {
    var picture = Pictures.filled(40, 24, 0x3060c0);
    var decoded = decoder.decode(Pictures.jpeg(picture, progressive));
    assertEquals("image/jpeg", decoded.mediaType());
    assertNear(pixelsOf(picture), decoded.whole(), 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {ImageWriteParam.MODE_DISABLED, ImageWriteParam.MODE_DEFAULT})
  void decodesPlainAndInterlacedPngExactly(int interlacing) throws Exception {
    for (int width = 1; width < 12; width++) {
      var picture = Pictures.busy(width, 13 - width);
      var decoded = decoder.decode(Pictures.png(picture, interlacing));
      assertEquals("image/png", decoded.mediaType());
      assertNear(pixelsOf(picture), decoded.whole(), 0);
    }
  }

  @Test
  void keepsTheValuesOfGreyPictures() throws Exception {
    var grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, 100);
    }
    assertNear(pixelsOf(Pictures.filled(16, 16, 0x646464)), decode(Pictures.jpeg(grey)), 1);
    byte[] png = PngBytes.of(2, 1, 8, PngBytes.GREY).rows(new byte[] {100, (byte) 200}).end();
    assertArrayEquals(new int[][] {{0x646464, 0xc8c8c8}}, pixels(decode(png)));
  }

  @Test
  void scalesSixteenBitsToEight() throws Exception {
    byte[] row = {0, 0, (byte) 0xff, (byte) 0xff, (byte) 0x80, (byte) 0x80};
    assertArrayEquals(
        new int[][] {{0x00ff80}},
        pixels(decode(PngBytes.of(1, 1, 16, PngBytes.RGB).rows(row).end())));
    byte[] grey = {0x7f, (byte) 0xff};
    assertArrayEquals(
        new int[][] {{0x7f7f7f}},
        pixels(decode(PngBytes.of(1, 1, 16, PngBytes.GREY).rows(grey).end())));
  }

  @Test
  void readsPalettesAndFewBitGreys() throws Exception {
    byte[] palette =
        PngBytes.of(3, 1, 2, PngBytes.PALETTE)
            .chunk(
                "PLTE",
                (byte) 255,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 255,
                (byte) 9,
                (byte) 9,
                (byte) 9)
            .chunk("tRNS", (byte) 255, (byte) 255, (byte) 0)
            .rows(new byte[] {0b00_01_10_00})
            .end();
    assertArrayEquals(new int[][] {{0xff0000, 0x0000ff, 0xffffff}}, pixels(decode(palette)));
    byte[] bits = PngBytes.of(3, 1, 1, PngBytes.GREY).rows(new byte[] {(byte) 0b101_00000}).end();
    assertArrayEquals(new int[][] {{0xffffff, 0x000000, 0xffffff}}, pixels(decode(bits)));
    byte[] fours = PngBytes.of(2, 1, 4, PngBytes.GREY).rows(new byte[] {0x3c}).end();
    assertArrayEquals(new int[][] {{0x333333, 0xcccccc}}, pixels(decode(fours)));
  }

  @Test
  void putsTransparentPicturesOnWhite() throws Exception {
    byte[] row = {0, 0, 0, 0, 100, 0, 0, (byte) 255, 0, 0, 0, 51};
    assertArrayEquals(
        new int[][] {{0xffffff, 0x640000, 0xcccccc}},
        pixels(decode(PngBytes.of(3, 1, 8, PngBytes.RGBA).rows(row).end())));
    byte[] keyed =
        PngBytes.of(2, 1, 8, PngBytes.RGB)
            .chunk("tRNS", (byte) 0, (byte) 1, (byte) 0, (byte) 2, (byte) 0, (byte) 3)
            .rows(new byte[] {1, 2, 3, 4, 5, 6})
            .end();
    assertArrayEquals(new int[][] {{0xffffff, 0x040506}}, pixels(decode(keyed)));
  }

  @Test
  void decodesTheSmallestAndTheLongestPicture() throws Exception {
    assertArrayEquals(
        new int[][] {{0x123456}}, pixels(decode(Pictures.png(Pictures.filled(1, 1, 0x123456), 0))));
    var line = Pictures.filled(20_000, 10, 0x808080);
    assertEquals(20_000, decode(Pictures.png(line, 0)).width());
    assertEquals(20_000, decode(Pictures.jpeg(line)).width());
  }

  @Test
  void decodesLosslessWebpExactly() throws Exception {
    var decoded = decoder.decode(Pictures.resource("marker-lossless.webp"));
    assertEquals("image/webp", decoded.mediaType());
    assertArrayEquals(MARKER, pixels(decoded.whole()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ramp-lossy.webp", "ramp-lossy-profile.webp"})
  void decodesLossyWebp(String name) throws Exception {
    int[][] ramp = new int[32][48];
    for (int i = 0; i < 32 * 48; i++) {
      ramp[i / 48][i % 48] = i % 48 * 5 << 16 | i / 48 * 7 << 8 | 128;
    }
    assertNear(ramp, decode(Pictures.resource(name)), 24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half-alpha-lossy.webp", "half-alpha-lossless.webp"})
  void putsTransparentWebpOnWhite(String name) throws Exception {
    int[][] actual = pixels(decode(Pictures.resource(name)));
    assertEquals(0xffffff, actual[16][40]);
    assertEquals(200, actual[16][5] >> 16, 6);
  }

  @Test
  void answersManyThreadsAsItAnswersOne() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.busy(64, 48));
    byte[] alone = decode(jpeg).rgb();
    try (var pool = Executors.newFixedThreadPool(8)) {
      Callable<byte[]> call = () -> decoder.decode(jpeg).whole().rgb();
      for (var answer : pool.invokeAll(IntStream.range(0, 64).mapToObj(i -> call).toList())) {
        assertArrayEquals(alone, answer.get());
      }
    }
  }
}
