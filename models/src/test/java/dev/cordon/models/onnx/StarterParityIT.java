package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against Pillow, tokenizers and ONNX Runtime alone, see {@code testdata/make_parity.py}. */
class StarterParityIT {
  private static OnnxImageTextModel model;
  private static Reference reference;

  /** What another implementation found. */
  record Reference(List<Image> images, List<Text> texts, List<Heat> maps) {}

  /** A photograph's vector, or that of a region [x, y, width, height]. */
  record Image(String photo, List<Integer> region, float[] vector) {
    Region in(RgbImage image) {
      return region == null
          ? new ImageGeometry(image.width(), image.height()).whole()
          : new Region(region.get(0), region.get(1), region.get(2), region.get(3));
    }
  }

  /** A text's vector. */
  record Text(String text, float[] vector) {}

  /** Cosines of a photograph's grid with one text. */
  record Heat(String photo, String text, float[] cosines) {}

  @BeforeAll
  static void load() throws Exception {
    model = OnnxImageTextModel.load(ModelPackage.open(Path.of("starter")), new OnnxOptions(2));
    reference =
        JsonMapper.builder()
            .build()
            .readValue(Path.of("testdata/parity.json").toFile(), Reference.class);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void imagesAgree() throws IOException, PluginException {
    assertEquals(7, reference.images.size());
    for (Image expected : reference.images) {
      RgbImage image = TestPictures.photo(expected.photo);
      if (expected.region == null) {
        double cosine = dot(model.embedImage(image), expected.vector);
        assertTrue(cosine >= 0.999, () -> expected.photo + " has cosine " + cosine);
      }
    }
  }

  @Test
  void textsAgree() throws PluginException {
    assertTrue(reference.texts.size() >= 15);
    for (Text expected : reference.texts) {
      double cosine = dot(model.embedText(expected.text), expected.vector);
      assertTrue(cosine >= 0.9999, () -> "a text has cosine " + cosine);
    }
  }

  @Test
  void similaritiesOfRegionsAgree() throws IOException, PluginException {
    List<String> texts = reference.texts.stream().map(Text::text).toList();
    for (Image expected : reference.images) {
      RgbImage image = TestPictures.photo(expected.photo);

      Similarities actual = model.bind(image).compare(List.of(expected.in(image)), texts);

      for (int i = 0; i < texts.size(); i++) {
        double cosine = dot(expected.vector, reference.texts.get(i).vector);
        assertEquals(cosine, actual.cosine(0, i), 1e-3, expected.photo);
      }
    }
  }

  @Test
  void mapsAgree() throws IOException, PluginException {
    for (Heat expected : reference.maps) {
      SimilarityMap actual =
          model.bind(TestPictures.photo(expected.photo)).map(List.of(expected.text));

      assertEquals(expected.cosines.length, actual.rows() * actual.columns());
      for (int cell = 0; cell < expected.cosines.length; cell++) {
        float cosine = actual.cosine(cell / actual.columns(), cell % actual.columns(), 0);
        assertEquals(expected.cosines[cell], cosine, 2e-3, expected.photo);
      }
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
