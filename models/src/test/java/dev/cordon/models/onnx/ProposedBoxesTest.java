package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a graph says to regions that a plugin may get. */
class ProposedBoxesTest {
  private static final ImageGeometry PICTURE = new ImageGeometry(200, 100);

  private static ProposedBoxes boxes(float[] scores, float... corners) throws PluginException {
    return ProposedBoxes.of(corners, scores);
  }

  @Test
  void regionsAreCutToThePictureAndComeLikeliestFirst() throws Exception {
    ProposedBoxes said =
        boxes(
            new float[] {0.2f, 0.9f, 0.5f},
            0.101f,
            0.25f,
            0.5f,
            0.5f,
            -0.5f,
            0.5f,
            0.25f,
            1.5f,
            0f,
            0f,
            1f,
            1f);
    assertEquals(
        List.of(new Region(0, 50, 50, 50), new Region(0, 0, 200, 100), new Region(20, 25, 80, 25)),
        said.regions(PICTURE));
  }

  @Test
  void whatHasNoAreaInThePictureIsNoRegionAndNoneComesTwice() throws Exception {
    ProposedBoxes said =
        boxes(
            new float[] {5, 4, 3, 2, 1},
            0.5f,
            0.5f,
            0.5f,
            0.9f,
            0.9f,
            0.1f,
            0.2f,
            0.2f,
            1.1f,
            0f,
            1.2f,
            1f,
            0.5f,
            0.5f,
            1f,
            1f,
            0.5f,
            0.5f,
            1f,
            1f);
    assertEquals(List.of(new Region(100, 50, 100, 50)), said.regions(PICTURE));
    assertEquals(List.of(), boxes(new float[0]).regions(PICTURE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noneLiesOutsideWhateverTheGraphSays(long seed) throws Exception {
    Random random = new Random(seed);
    ImageGeometry picture = new ImageGeometry(1 + random.nextInt(900), 1 + random.nextInt(900));
    float[] scores = new float[1000];
    float[] corners = new float[4 * scores.length];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = (float) random.nextGaussian(0.5, random.nextInt(10) == 0 ? 1e30 : 0.6);
      scores[i / 4] = random.nextFloat();
    }
    List<Region> regions = ProposedBoxes.of(corners, scores).regions(picture);
    assertTrue(!regions.isEmpty() && regions.size() <= ProposedBoxes.MOST_REGIONS);
    assertTrue(regions.stream().allMatch(region -> region.isInside(picture)), regions::toString);
    assertEquals(regions.size(), new HashSet<>(regions).size());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNoNumberIsAFaultOfTheModel(float broken) {
    for (int at = 0; at < 5; at++) {
      float[] said = {0, 0, 1, 1, 0.5f};
      said[at] = broken;
      refused(new float[] {said[4]}, said[0], said[1], said[2], said[3]);
    }
  }

  @Test
  void boxesAndScoresThatDoNotFitOrAreTooManyAreOneToo() {
    refused(new float[] {1, 1}, 0, 0, 1, 1);
    refused(new float[0], 0, 0, 1, 1);
    refused(new float[10_001], new float[4 * 10_001]);
  }

  private static void refused(float[] scores, float... corners) {
    PluginException refused =
        assertThrows(PluginException.class, () -> ProposedBoxes.of(corners, scores));
    assertEquals(PluginException.Kind.FAULT, refused.kind());
  }
}
