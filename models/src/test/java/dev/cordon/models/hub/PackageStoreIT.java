package dev.cordon.models.hub;

import static dev.cordon.models.hub.ToyStore.CLIP;
import static dev.cordon.models.hub.ToyStore.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.graph.TestGraphs;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a folder or a zip into the store, whole or not at all. */
class PackageStoreIT {
  @TempDir Path parent;
  private ToyStore toy;

  @BeforeEach
  void fill() throws IOException {
    toy = new ToyStore(parent);
  }

  @Test
  void importsTheHubsLayoutFromAFolderAndAZip() throws Exception {
    VerifiedPackage taken = toy.store.take(toy.layout(), Optional.of(CLIP));
    assertEquals(512, taken.pack().manifest().dimension());
    assertTrue(
        refusal(() -> toy.store.take(toy.layout(), Optional.of(CLIP))).contains("there already"));

    PackageStore other = toy.beside("other", TrustedKeys.shipped(), () -> toy.site);
    Path zip = toy.zip("clip/", toy.files);
    assertEquals(taken.pack().digest(), other.take(zip, Optional.of(CLIP)).pack().digest());
  }

  @Test
  void importsSiglipWithItsUnigramTokenizer() throws Exception {
    toy.fill("siglip-base", Path.of("testdata/tokenizer/siglip.tokenizer.json"));
    Catalogue.Entry entry = Catalogue.shipped().find("siglip-base-patch16-224").orElseThrow();

    ModelManifest manifest = toy.store.take(toy.layout(), Optional.of(entry)).pack().manifest();

    assertEquals(Kind.UNIGRAM, manifest.text().tokenizer().kind());
    assertEquals("pooler_output", manifest.image().embedding().name());
    assertEquals(768, manifest.dimension());
  }

  @Test
  @Tag("R47")
  void importsASignedPackageOnlyFromATrustedKey() throws Exception {
    VerifiedPackage made = toy.store.take(toy.layout(), Optional.of(CLIP));
    Path from = toy.folder.resolve(made.pack().manifest().id());
    PackageStore strict = toy.beside("strict", TrustedKeys.shipped(), () -> toy.site);
    assertTrue(refusal(() -> strict.take(from, Optional.empty())).contains("not trusted"));

    TrustedKeys trusted = TrustedKeys.of(toy.site.publicHalf());
    PackageStore other = toy.beside("other", trusted, () -> null);
    assertEquals(made.seal(), other.take(from, Optional.empty()).seal());
  }

  @Test
  void whatDoesNotRunIsNotTakenIn() throws Exception {
    toy.files.put("onnx/vision_model_quantized.onnx", TestGraphs.image("image_embeds", 512));

    String why = refusal(() -> toy.store.take(toy.layout(), Optional.of(CLIP)));

    assertTrue(why.contains("graph `vision_model_quantized.onnx` cannot be loaded"), why);
    assertEquals(List.of(), toy.visible());
  }

  @Test
  void saysWhatWasComparedAndWhatCouldNotBe() throws Exception {
    toy.store.take(toy.layout(), Optional.of(CLIP));

    String all = String.join("\n", toy.said);
    assertTrue(all.contains("parity: pictures are prepared as declared"), all);
    assertTrue(all.contains("parity: text tower: runs one input at a time"), all);
    assertTrue(all.contains("parity: the package brings no `parity.json`"), all);
    assertTrue(all.contains("parity: no graph is there in float32 as well"), all);
  }

  @Test
  void refusesGraphsThatDoNotFitTogether() throws Exception {
    toy.files.put("onnx/text_model_quantized.onnx", TestGraphs.text("text_embeds", 384));
    assertTrue(
        refusal(() -> toy.store.take(toy.layout(), Optional.of(CLIP)))
            .contains("one known length"));
    toy.files.put("onnx/text_model_quantized.onnx", TestGraphs.text("last_hidden_state", 512));
    assertTrue(
        refusal(() -> toy.store.take(toy.layout(), Optional.of(CLIP))).contains("text_embeds"));
    assertEquals(List.of(), toy.visible());
  }

  @Test
  @Tag("R49")
  void refusesAGraphThatNamesItselfAFaceRecogniser() throws Exception {
    toy.files.put(
        "onnx/vision_model_quantized.onnx",
        TestGraphs.graph(
            "ArcFace_R100",
            new TestGraphs.Port[] {new TestGraphs.Port("pixel_values", 1, 0, 3, 112, 112)},
            new TestGraphs.Port("image_embeds", 1, 0, 512)));

    assertTrue(
        refusal(() -> toy.store.take(toy.layout(), Optional.of(CLIP)))
            .contains("face-recognition"));
    assertEquals(List.of(), toy.visible());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "a/../../outside",
        "/etc/passwd",
        "C:\\windows",
        "a\\..\\b",
        ".hidden",
        "a//b",
        "a/b/c/d/e",
        "name with space"
      })
  void aZipCannotClimbOut(String name) throws Exception {
    Path zip = toy.zip("", Map.of(name, new byte[] {1}));

    assertTrue(refusal(() -> toy.store.take(zip, Optional.of(CLIP))).contains("not allowed"));
    assertEquals(List.of(), toy.visible());
    assertFalse(Files.exists(parent.resolve("outside")));
  }

  @Test
  void aZipBombIsCutOff() throws Exception {
    Path zip = toy.zip("", Map.of("bomb.onnx", new byte[64 << 20]));

    assertTrue(
        refusal(() -> toy.store.take(zip, Optional.of(CLIP))).contains("more than is allowed"));
    assertEquals(List.of(), toy.visible());
  }

  @Test
  void aZipWithTwoNamesThatDifferInCaseOnlyIsRefused() throws Exception {
    Path zip = toy.zip("", Map.of("a.json", new byte[] {1}, "A.json", new byte[] {2}));

    assertTrue(refusal(() -> toy.store.take(zip, Optional.of(CLIP))).contains("repeats"));
  }

  @Test
  void aZipWithMoreFilesThanAPackageHasIsRefused() throws Exception {
    Map<String, byte[]> many = new HashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("file" + i, new byte[] {1});
    }
    Path zip = toy.zip("", many);

    assertTrue(refusal(() -> toy.store.take(zip, Optional.of(CLIP))).contains("holds too much"));
  }
}
