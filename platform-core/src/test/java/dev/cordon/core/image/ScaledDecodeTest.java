package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.ImageGeometry;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large JPEGs are decoded as small as three times the tower's side allows. */
class ScaledDecodeTest {
  private static final int SIDE = 33;

  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "197, 300, 197, 300",
    "200, 301, 100, 151",
    "395, 500, 198, 250",
    "400, 401, 100, 101",
    "791, 790, 198, 198",
    "803, 801, 101, 101",
    "2000, 1999, 250, 250"
  })
  void keepsThreeTimesTheTowersSide(int width, int height, int keptWidth, int keptHeight)
      throws Exception {
    DecodedImage decoded = decoder.decode(Pictures.jpeg(Pictures.busy(width, height)), SIDE);

    assertEquals(new ImageGeometry(width, height), decoded.geometry());
    assertEquals(keptWidth, decoded.whole().width());
    assertEquals(keptHeight, decoded.whole().height());
    assertEquals(width, decoded.full().width());
    assertEquals(height, decoded.full().height());
    assertSame(decoded.full(), decoded.full());
  }

  @Test
  void turnsTheSmallPictureUprightAsWell() throws Exception {
    byte[] exif = Pictures.join(Pictures.ascii("Exif\0\0"), Pictures.exif(6));
    byte[] lying = Pictures.withSegment(Pictures.jpeg(gradient(500, 230)), 0xe1, exif);

    DecodedImage decoded = decoder.decode(lying, SIDE);

    assertEquals(new ImageGeometry(230, 500), decoded.geometry());
    assertEquals(115, decoded.whole().width());
    assertEquals(250, decoded.whole().height());
    assertNotSame(decoded.whole(), decoded.full());
    assertTrue((decoded.full().rgb()[0] & 0xff) < 10, "the dark end is at the top");
    assertTrue((decoded.whole().rgb()[0] & 0xff) < 10, "the dark end is at the top");
  }

  @Test
  void averagesPixelsInsteadOfLeavingThemOut() throws Exception {
    var stripes = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 400 * 400; i++) {
      stripes.setRGB(i % 400, i / 400, i % 2 == 0 ? 0 : 0xffffff);
    }
    RgbImage small = decoder.decode(Pictures.jpeg(stripes), SIDE).whole();

    assertEquals(100, small.width());
    for (byte level : small.rgb()) {
      assertEquals(127, level & 0xff, 12);
    }
  }

  @Test
  void decodesPngInFull() throws Exception {
    byte[] png = Pictures.png(Pictures.busy(420, 410), 0);

    DecodedImage decoded = decoder.decode(png, SIDE);

    assertSame(decoded.whole(), decoded.full());
    assertEquals(420, decoded.whole().width());
  }

  @Test
  void aDamagedPictureIsRefusedAtAnySize() throws Exception {
    byte[] jpeg = Pictures.jpeg(Pictures.busy(410, 420));
    byte[] end = {(byte) 0xff, (byte) 0xd9};
    byte[] cut = Pictures.join(Arrays.copyOf(jpeg, jpeg.length / 2), end);

    assertThrows(ImageRefused.class, () -> decoder.decode(cut, SIDE));
    assertArrayEquals(
        new ImageDecoder(ImageLimits.DEFAULT).decode(jpeg).whole().rgb(),
        decoder.decode(jpeg, SIDE).full().rgb());
  }

  private static BufferedImage gradient(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, i % width * 255 / width * 0x010101);
    }
    return image;
  }
}
