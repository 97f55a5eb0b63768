package dev.cordon.models.preprocessing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.manifest.Preprocessing;
import dev.cordon.models.manifest.Preprocessing.Filter;
import dev.cordon.models.manifest.Preprocessing.Fit;
import dev.cordon.models.manifest.Preprocessing.Rounding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Pillow's own results, made by {@code testdata/make_preprocessing.py}. */
class PillowParityTest {
  private static final Path EXPECTED = Path.of("testdata/preprocessing");

  static Stream<Path> fixtures() throws IOException {
    return TestPictures.pngs(EXPECTED).stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void agreesWithPillow(Path fixture) throws IOException {
    String[] parts = fixture.getFileName().toString().split("\\.");
    int size = Integer.parseInt(parts[1]);
    String[] picture = parts[0].split("-");
    RgbImage image = TestPictures.photo(picture[0]);
    Region region =
        picture.length == 1
            ? new ImageGeometry(image.width(), image.height()).whole()
            : new Region(
                number(picture, 1), number(picture, 2), number(picture, 3), number(picture, 4));

    float[] actual = levels(image, region, size, parts[2]);

    byte[] expected = TestPictures.read(fixture).rgb();
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      int planar = i % 3 * size * size + i / 3;
      double difference = Math.abs(actual[planar] - (expected[i] & 0xff));
      assertTrue(difference <= 2, () -> "a level differs by " + difference);
      sum += difference;
    }
    double mean = sum / expected.length;
    assertTrue(mean <= 0.3, () -> "levels differ by " + mean + " on average");
  }

  @Test
  void hasFixturesOfEveryRule() throws IOException {
    assertEquals(26, fixtures().count());
  }

  private static float[] levels(RgbImage image, Region region, int size, String rule) {
    FloatBuffer out = FloatBuffer.allocate(3 * size * size);
    switch (rule) {
      case "nearest" ->
          input(size, Filter.BICUBIC_ANTIALIAS, Fit.CROP, Rounding.HALF_EVEN, Rounding.DOWN)
              .prepare(image, region, out);
      case "down" ->
          input(size, Filter.BICUBIC_ANTIALIAS, Fit.CROP, Rounding.DOWN, Rounding.HALF_EVEN)
              .prepare(image, region, out);
      case "bilinear" ->
          input(size, Filter.BILINEAR_ANTIALIAS, Fit.CROP, Rounding.DOWN, Rounding.HALF_EVEN)
              .prepare(image, region, out);
      case "squash" -> {
        ImageInput input =
            input(size, Filter.BICUBIC_ANTIALIAS, Fit.SQUASH, Rounding.DOWN, Rounding.DOWN);
        input.prepare(image, region, out);
        FloatBuffer map = FloatBuffer.allocate(out.capacity());
        input.squash(image, size, map);
        assertArrayEquals(map.array(), out.array());
      }
      default -> throw new IllegalArgumentException(rule);
    }
    return out.array();
  }

  /** Leaves levels as they are: 0 to 255, mean 0, deviation 1. */
  private static ImageInput input(
      int size, Filter filter, Fit fit, Rounding longerSide, Rounding cropOffset) {
    List<Double> mean = List.of(0d, 0d, 0d);
    List<Double> std = List.of(1d, 1d, 1d);
    return new ImageInput(
        new Preprocessing(size, filter, fit, longerSide, cropOffset, 255, mean, std));
  }

  private static int number(String[] parts, int index) {
    return Integer.parseInt(parts[index]);
  }
}
