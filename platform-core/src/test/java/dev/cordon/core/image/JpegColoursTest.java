package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stored samples of a JPEG mean, by its markers. */
class JpegColoursTest {
  private static final int NONE = -1;
  private static final byte[] START = {(byte) 0xff, (byte) 0xd8};

  private static byte[] stored(int adobe, int... samples) {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, samples.length, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    byte[] jpeg = withoutSegments(Pictures.jpegOfSamples(raster));
    byte[] marker = Pictures.ascii("Adobe\0d\0\0\0\0?");
    marker[11] = (byte) adobe;
    return adobe == NONE ? jpeg : Pictures.withSegment(jpeg, 0xee, marker);
  }

  /** Leaves out JFIF and Adobe markers. */
  private static byte[] withoutSegments(byte[] jpeg) {
    byte[] rest = jpeg;
    while ((rest[3] & 0xff) == 0xe0 || (rest[3] & 0xff) == 0xee) {
      int end = 4 + ((rest[4] & 0xff) << 8 | rest[5] & 0xff);
      rest = Pictures.join(START, Arrays.copyOfRange(rest, end, rest.length));
    }
    return rest;
  }

  private static void assertColour(int wanted, byte[] file) throws Exception {
    int[][] all = new int[16][16];
    Arrays.stream(all).forEach(row -> Arrays.fill(row, wanted));
    ImageDecoderTest.assertNear(all, Pictures.decode(file), 4);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0,255,255,0, ff0000",
    "-1, 0,0,0,0, ffffff",
    "-1, 0,0,0,255, 000000",
    "-1, 255,0,255,51, 00cc00",
    "0, 255,0,0,255, ff0000",
    "0, 0,0,0,0, 000000",
    "0, 255,255,255,255, ffffff",
    "0, 0,255,0,204, 00cc00"
  })
  void fourInksBecomeWhatTheyLeaveOfWhitePaper(
      int adobe, int cyan, int magenta, int yellow, int black, String colour) throws Exception {
    assertColour(Integer.parseInt(colour, 16), stored(adobe, cyan, magenta, yellow, black));
  }

  @ParameterizedTest
  @CsvSource({"179,171,1,255, ff0000", "128,128,128,255, 7f7f7f", "255,128,128,128, 000000"})
  void inksStoredAsLumaAndChromaAreTurnedBackFirst(
      int luma, int blue, int red, int black, String colour) throws Exception {
    assertColour(Integer.parseInt(colour, 16), stored(2, luma, blue, red, black));
  }

  @Test
  void threeComponentsWithoutMarkersAreLumaAndChroma() throws Exception {
    assertColour(0xfe0000, stored(NONE, 76, 85, 255));
  }

  @Test
  void adobeSaysWhetherThreeComponentsAreRgb() throws Exception {
    assertColour(0x4c55ff, stored(0, 76, 85, 255));
    assertColour(0xfe0000, stored(1, 76, 85, 255));
  }

  @Test
  void aColourProfileIsNeverParsed() throws Exception {
    byte[] profile = Pictures.ascii("ICC_PROFILE\0\1\1 this is no profile");
    byte[] jpeg = Pictures.jpeg(Pictures.filled(16, 16, 0x3060c0));
    assertColour(0x3060c0, Pictures.withSegment(jpeg, 0xe2, profile));
  }

  @Test
  void theBareFileHoldsNoMetadata() throws Exception {
    byte[] jpeg = Pictures.jpeg(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));
    byte[] secret = Pictures.ascii("Exif\0\0" + "taken at home");
    byte[] file = Pictures.withSegment(Pictures.withSegment(jpeg, 0xe1, secret), 0xfe, secret);
    byte[] bare = Container.walk(file, ImageLimits.DEFAULT).bare();
    assertEquals(-1, new String(bare, StandardCharsets.ISO_8859_1).indexOf("home"));
  }
}
