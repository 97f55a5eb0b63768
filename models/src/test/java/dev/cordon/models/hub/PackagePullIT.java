package dev.cordon.models.hub;

import static dev.cordon.models.hub.ToyStore.CLIP;
import static dev.cordon.models.hub.ToyStore.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.hub.Download.Patience;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.registry.VerifiedPackage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a hub into the store, whole or not at all. */
class PackagePullIT {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), 2, Duration.ofMillis(1));

  @TempDir Path parent;
  private ToyStore toy;

  @BeforeEach
  void fill() throws IOException {
    toy = new ToyStore(parent);
  }

  @Test
  void theCatalogueNamesTheIssuedDigests() {
    Catalogue.Entry entry = Catalogue.shipped().find("clip-vit-base-patch32").orElseThrow();

    assertTrue(entry.isPinned());
    assertEquals(
        new Pinned("583fd1110a514667812fee7d684952aaf82a99b959760c8d7dca7e0ab9839299", 89_117_001),
        entry.files().get("image").pinned().orElseThrow());
    assertFalse(CLIP.isPinned());
  }

  @Test
  @Tag("R47")
  void pullsIntoAPackageSignedByTheSite() throws Exception {
    Map<String, String> digests = toy.digests();
    VerifiedPackage pulled;
    try (FileHub hub = new FileHub(CLIP.repository() + "/resolve/" + CLIP.revision(), toy.files)) {
      pulled = toy.store.pull(CLIP, hub.at(), digests, new Download(PATIENCE), (f, d, t) -> {});
    }

    ModelManifest manifest = pulled.pack().manifest();
    assertEquals("clip-vit-base-patch16", manifest.id());
    assertEquals(512, manifest.dimension());
    assertEquals(List.of(-1L, -1L, -1L, -1L), manifest.image().input().shape());
    assertEquals("text_embeds", manifest.text().embedding().name());
    assertEquals(toy.site.publicHalf().id(), pulled.seal().signer());
    assertTrue(pulled.missing().orElseThrow().endsWith("performanceMetrics"), "nobody measured");
    assertEquals(List.of("clip-vit-base-patch16"), toy.visible());
  }

  @Test
  @Tag("R47")
  void comparesWithTheFloat32GraphsWhoseDigestsAreGiven() throws Exception {
    float32("vision", "vision");
    float32("text", "text");
    pullWithAll();

    assertTrue(toy.said.stream().anyMatch(line -> line.contains("`vision_model.onnx` computes")));
    assertTrue(toy.said.stream().anyMatch(line -> line.contains("`text_model.onnx` computes")));
  }

  @Test
  @Tag("R47")
  void aGraphThatComputesOtherThanItsFloat32FormIsRefused() throws Exception {
    toy.files.put(
        "onnx/vision_model.onnx",
        Files.readAllBytes(Path.of("testdata/families/mobileclip-s0/vision_model.onnx")));

    String refusal = refusal(this::pullWithAll);

    assertTrue(refusal.contains("vision_model"), refusal);
    assertEquals(List.of(), toy.visible());
  }

  private void float32(String of, String as) {
    toy.files.put(
        "onnx/" + as + "_model.onnx", toy.files.get("onnx/" + of + "_model_quantized.onnx"));
  }

  private void pullWithAll() throws Exception {
    try (FileHub hub = new FileHub(CLIP.repository() + "/resolve/" + CLIP.revision(), toy.files)) {
      toy.store.pull(CLIP, hub.at(), toy.digests(), new Download(PATIENCE), (f, d, t) -> {});
    }
  }

  @Test
  @Tag("R47")
  void pullsNothingWhoseDigestNobodyGives() {
    Map<String, String> digests = toy.digests();
    digests.remove("tokenizer.json");

    assertEquals(
        "the SHA-256 of `tokenizer.json` is not known here; give it",
        refusal(() -> pull(CLIP, URI.create("http://127.0.0.1:1/"), digests)));
  }

  @Test
  @Tag("R47")
  void aWrongDigestLeavesNoPackage() throws Exception {
    Map<String, String> digests = toy.digests();
    digests.put("tokenizer.json", "0".repeat(64));
    try (FileHub hub = new FileHub(CLIP.repository() + "/resolve/" + CLIP.revision(), toy.files)) {
      assertThrows(DownloadException.class, () -> pull(CLIP, hub.at(), digests));
    }
    assertEquals(List.of(), toy.visible());
  }

  @Test
  void refusesBeforeFetchingWhatItCannotTake() {
    Catalogue.Entry entry = Catalogue.shipped().find("mobileclip-s0").orElseThrow();
    String why = refusal(() -> pull(entry, URI.create("http://127.0.0.1:1/"), toy.digests()));
    assertTrue(why.contains("LicenseRef-apple"), why);
  }

  private void pull(Catalogue.Entry entry, URI hub, Map<String, String> digests) throws Exception {
    toy.store.pull(entry, hub, digests, new Download(PATIENCE), (file, done, total) -> {});
  }
}
