package dev.cordon.models.preprocessing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cordon.models.manifest.Preprocessing;
import dev.cordon.models.manifest.Preprocessing.Filter;
import dev.cordon.models.manifest.Preprocessing.Fit;
import dev.cordon.models.manifest.Preprocessing.Rounding;
import dev.cordon.spi.Region;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInputTest {
  @Test
  void normalisesEachChannelIntoItsOwnPlane() {
    ImageInput input = input(1, 1, List.of(0.5, 0.25, 0d), List.of(0.5, 0.25, 2d));
    FloatBuffer out = FloatBuffer.allocate(input.length());

    input.prepare(new RgbImage(1, 1, new byte[] {(byte) 255, 0, 51}), new Region(0, 0, 1, 1), out);

    assertArrayEquals(new float[] {1f, -1f, 0.1f}, out.array(), 1e-6f);
  }

  @Test
  void leavesAPictureOfTheRightSizeUntouched() {
    RgbImage image = random(RandomGenerator.of("L64X128MixRandom"), 16, 16);

    assertArrayEquals(image.rgb(), plain(16).fitted(image, new Region(0, 0, 16, 16)).rgb());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsAFlatColourWhateverTheShape(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int width = random.nextInt(1, 300);
    int height = random.nextInt(1, 300);
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 201);
    int size = random.nextInt(1, 80);

    RgbImage result =
        plain(size).fitted(new RgbImage(width, height, rgb), new Region(0, 0, width, height));

    for (byte level : result.rgb()) {
      assertEquals(201, level & 0xff, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void aRegionIsPreparedLikeAPictureCutOut(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    RgbImage image = random(random, 90, 70);
    int width = random.nextInt(1, 60);
    int height = random.nextInt(1, 60);
    Region region =
        new Region(random.nextInt(90 - width), random.nextInt(70 - height), width, height);

    byte[] direct = plain(32).fitted(image, region).rgb();

    RgbImage cut = cut(image, region);
    assertArrayEquals(plain(32).fitted(cut, new Region(0, 0, width, height)).rgb(), direct);
  }

  @Test
  void survivesAPictureOnePixelWideAndVeryTall() {
    RgbImage image = random(new SplittableRandom(5), 1, 100_000);

    assertEquals(
        3 * 260 * 260, plain(260).fitted(image, new Region(0, 0, 1, 100_000)).rgb().length);
  }

  private static RgbImage cut(RgbImage image, Region region) {
    byte[] rgb = new byte[3 * region.width() * region.height()];
    for (int y = 0; y < region.height(); y++) {
      int from = 3 * ((region.y() + y) * image.width() + region.x());
      System.arraycopy(image.rgb(), from, rgb, 3 * y * region.width(), 3 * region.width());
    }
    return new RgbImage(region.width(), region.height(), rgb);
  }

  private static RgbImage random(RandomGenerator random, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    random.nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static ImageInput plain(int size) {
    return input(size, 255, List.of(0d, 0d, 0d), List.of(1d, 1d, 1d));
  }

  private static ImageInput input(int size, double range, List<Double> mean, List<Double> std) {
    return new ImageInput(
        new Preprocessing(
            size,
            Filter.BICUBIC_ANTIALIAS,
            Fit.CROP,
            Rounding.HALF_EVEN,
            Rounding.DOWN,
            range,
            mean,
            std));
  }
}
