package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageQualityTest {
  private static RgbImage stripes(int width, int height, int period) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (i % width / period % 2 * 255));
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void aPlainPictureHasNoSharpnessAndItsOwnBrightness() {
    byte[] grey = new byte[3 * 700 * 300];
    Arrays.fill(grey, (byte) 51);
    var quality = ImageQuality.of(new RgbImage(700, 300, grey));
    assertEquals(0, quality.sharpness(), 1e-12);
    assertEquals(0.2, quality.brightness(), 1e-9);
  }

  @Test
  void brightnessWeighsColoursAsTheEyeDoes() {
    assertEquals(0.587, ImageQuality.of(new RgbImage(1, 1, new byte[] {0, -1, 0})).brightness());
    assertEquals(
        1, ImageQuality.of(new RgbImage(1, 1, new byte[] {-1, -1, -1})).brightness(), 1e-9);
  }

  @Test
  void contrastIsTheDeviationOfTheLuma() {
    assertEquals(0.5, ImageQuality.of(stripes(102, 40, 1)).contrast(), 1e-9);
    assertEquals(0, ImageQuality.of(new RgbImage(1, 1, new byte[] {9, 9, 9})).contrast(), 1e-9);
  }

  @Test
  void sharpnessIsTheVarianceOfTheLaplacian() {
    // Columns 0 1 0 1 ...: the Laplacian is 2 on dark columns and -2 on bright ones.
    assertEquals(4, ImageQuality.of(stripes(102, 40, 1)).sharpness(), 1e-9);
  }

  @Test
  void widerStripesAreLessSharpAndFinerOnesThanTheGridVanish() {
    double wide = ImageQuality.of(stripes(512, 64, 8)).sharpness();
    assertTrue(wide > 0 && wide < ImageQuality.of(stripes(512, 64, 2)).sharpness());
    assertEquals(0, ImageQuality.of(stripes(1024, 64, 1)).sharpness(), 1e-12);
  }

  @Test
  void picturesWithoutAnInnerPixelHaveNoSharpness() {
    assertEquals(0, ImageQuality.of(stripes(2, 9, 1)).sharpness());
    assertEquals(0, ImageQuality.of(stripes(1, 1, 1)).sharpness());
  }
}
