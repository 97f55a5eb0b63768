package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Toy packages with the inputs and outputs of real families, made by make_families.py. */
class FamiliesIT {
  private static final Path FAMILIES = Path.of("testdata/families");

  static OnnxImageTextModel load(String family) throws Exception {
    return OnnxImageTextModel.load(ModelPackage.open(FAMILIES.resolve(family)), new OnnxOptions(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-vit-b32", "clip-vit-b16", "siglip-base", "mobileclip-s0"})
  void answersAsTheSameGraphsDoInPython(String family) throws Exception {
    JsonNode expected = expected();
    List<String> texts = strings(expected.get("texts"));
    try (OnnxImageTextModel model = load(family)) {
      int row = 0;
      for (String photo : strings(expected.get("photos"))) {
        RgbImage image = TestPictures.photo(photo);
        Similarities found = model.bind(image).compare(List.of(whole(image)), texts);
        for (int text = 0; text < texts.size(); text++) {
          double cosine = expected.at("/cosines/" + family).get(row).get(text).asDouble();
          assertEquals(cosine, found.cosine(0, text), 2e-4, photo + " with text " + text);
        }
        row++;
      }
    }
  }

  @Test
  void scoresSiglipBySigmoidOfScaleAndBias() throws Exception {
    RgbImage image = TestPictures.photo("coffee");
    try (OnnxImageTextModel model = load("siglip-base")) {
      Similarities found = model.bind(image).compare(List.of(whole(image)), List.of("a cup"));

      double logit = 117.33 * 0.12 - 12.93;
      assertEquals(1 / (1 + Math.exp(-logit)), found.probability(0.12f), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-vit-b32", "clip-vit-b16", "siglip-base", "mobileclip-s0"})
  void aBatchGivesWhatEachGivesAlone(String family) throws Exception {
    RgbImage image = TestPictures.photo("rocket");
    List<Region> regions = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      regions.add(new Region(i, 2 * i, 40 + 3 * i, 90 - i));
      texts.add("a photo of " + "a cat ".repeat(i));
    }
    try (OnnxImageTextModel model = load(family);
        OnnxImageTextModel other = load(family)) {
      Similarities batch = model.bind(image).compare(regions, texts);
      for (int i = 0; i < regions.size(); i++) {
        VisionLanguage alone = other.bind(image);
        float cosine = alone.compare(List.of(regions.get(i)), List.of(texts.get(i))).cosine(0, 0);
        assertEquals(cosine, batch.cosine(i, i), 1e-4);
      }
    }
  }

  @Test
  void mapsByOverlappingCropsWhereThereAreNoPatches() throws Exception {
    RgbImage image = TestPictures.photo("chelsea");
    try (OnnxImageTextModel model = load("clip-vit-b32")) {
      VisionLanguage bound = model.bind(image);
      SimilarityMap map = bound.map(List.of("a cat", "the"));

      assertTrue(bound.info().denseMap());
      assertEquals(List.of(6, 6, 2), List.of(map.rows(), map.columns(), map.texts()));
      Region corner = CropGrid.of(new ImageGeometry(image.width(), image.height())).get(35);
      assertEquals(
          image.width() + image.height(),
          corner.x() + corner.width() + corner.y() + corner.height());
      assertEquals(
          bound.compare(List.of(corner), List.of("the")).cosine(0, 0), map.cosine(5, 5, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 11, 12, 13, 100})
  void cropsLieInsideAPictureOfAnySize(int side) {
    for (int other : new int[] {1, 3, 6, 50}) {
      ImageGeometry image = new ImageGeometry(side, other);
      List<Region> crops = CropGrid.of(image);

      assertEquals(36, crops.size());
      assertTrue(crops.stream().allMatch(crop -> crop.isInside(image)));
    }
  }

  static Region whole(RgbImage image) {
    return new ImageGeometry(image.width(), image.height()).whole();
  }

  private static JsonNode expected() throws IOException {
    return JsonMapper.builder().build().readTree(FAMILIES.resolve("expected.json").toFile());
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }
}
