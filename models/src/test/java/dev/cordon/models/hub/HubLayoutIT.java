package dev.cordon.models.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.Region;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the catalogue says of each family loads and runs on graphs of that family's shape. */
class HubLayoutIT {
  @TempDir Path parent;

  @ParameterizedTest
  @Tag("R47")
  @CsvSource({
    "clip-vit-base-patch32, clip-vit-b32, families/clip-vit-b32/tokenizer.json",
    "clip-vit-base-patch16, clip-vit-b32, families/clip-vit-b32/tokenizer.json",
    "siglip-base-patch16-224, siglip-base, tokenizer/siglip.tokenizer.json",
    "mobileclip-s0, mobileclip-s0, families/mobileclip-s0/tokenizer.json"
  })
  void anEntryOfTheCatalogueAnswers(String name, String toy, String tokenizer) throws Exception {
    Catalogue.Entry entry = Catalogue.shipped().find(name).orElseThrow();
    ToyStore store = new ToyStore(parent);
    store.fill(toy, Path.of("testdata").resolve(tokenizer));
    Path to = Files.createDirectory(parent.resolve("pack"));

    HubLayout.convert(store.layout(), entry, to);

    ModelPackage pack = ModelPackage.open(to);
    assertEquals(
        entry.revision().equals("main"), pack.manifest().version().startsWith("main+"), "a branch");
    RgbImage image = TestPictures.photo("coffee");
    Region whole = new Region(0, 0, image.width(), image.height());
    try (OnnxImageTextModel model = OnnxImageTextModel.load(pack, new OnnxOptions(1))) {
      float cosine =
          model.bind(image).compare(List.of(whole), List.of("a photo of a cup")).cosine(0, 0);
      assertTrue(Math.abs(cosine) <= 1, "a cosine, not " + cosine);
    }
  }
}
