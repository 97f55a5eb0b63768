package dev.cordon.models.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.digest.Sha256;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.hub.Download.Patience;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.SigningKey;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a hub, a folder or a zip into the store, whole or not at all. */
class PackageStoreIT {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), 2, Duration.ofMillis(1));
  private static final Catalogue.Entry CLIP =
      Catalogue.shipped().find("clip-vit-base-patch16").orElseThrow();

  private final SigningKey site = SigningKey.generate();
  private final PackageGate gate = PackageGate.allowing(LicenceGate.DEFAULT);
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> said = new ArrayList<>();
  @TempDir Path parent;
  private Path folder;
  private PackageStore store;

  @BeforeEach
  void fill() throws IOException {
    folder = parent.resolve("models");
    store = new PackageStore(folder, TrustedKeys.shipped(), gate, () -> site, said::add);
    Path toy = Path.of("testdata/families/clip-vit-b32");
    files.put(
        "onnx/vision_model_quantized.onnx", Files.readAllBytes(toy.resolve("vision_model.onnx")));
    files.put("onnx/text_model_quantized.onnx", Files.readAllBytes(toy.resolve("text_model.onnx")));
    files.put("tokenizer.json", Files.readAllBytes(toy.resolve("tokenizer.json")));
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
    Map<String, String> digests = digests();
    VerifiedPackage pulled;
    try (FileHub hub = new FileHub(CLIP.repository() + "/resolve/" + CLIP.revision(), files)) {
      pulled = store.pull(CLIP, hub.at(), digests, new Download(PATIENCE), (f, d, t) -> {});
    }

    ModelManifest manifest = pulled.pack().manifest();
    assertEquals("clip-vit-base-patch16", manifest.id());
    assertEquals(512, manifest.dimension());
    assertEquals(List.of(-1L, -1L, -1L, -1L), manifest.image().input().shape());
    assertEquals("text_embeds", manifest.text().embedding().name());
    assertEquals(site.publicHalf().id(), pulled.seal().signer());
    assertTrue(pulled.missing().orElseThrow().endsWith("performanceMetrics"), "nobody measured");
    assertEquals(List.of("clip-vit-base-patch16"), visible());
  }

  @Test
  @Tag("R47")
  void pullsNothingWhoseDigestNobodyGives() {
    Map<String, String> digests = digests();
    digests.remove("tokenizer.json");

    assertEquals(
        "the SHA-256 of `tokenizer.json` is not known here; give it",
        refusal(() -> pull(CLIP, URI.create("http://127.0.0.1:1/"), digests)));
  }

  @Test
  @Tag("R47")
  void aWrongDigestLeavesNoPackage() throws Exception {
    Map<String, String> digests = digests();
    digests.put("tokenizer.json", "0".repeat(64));
    try (FileHub hub = new FileHub(CLIP.repository() + "/resolve/" + CLIP.revision(), files)) {
      assertThrows(DownloadException.class, () -> pull(CLIP, hub.at(), digests));
    }
    assertEquals(List.of(), visible());
  }

  @Test
  void refusesBeforeFetchingWhatItCannotTake() {
    Catalogue.Entry entry = Catalogue.shipped().find("mobileclip-s0").orElseThrow();
    String why = refusal(() -> pull(entry, URI.create("http://127.0.0.1:1/"), digests()));
    assertTrue(why.contains("LicenseRef-apple"), why);
  }

  @Test
  void importsTheHubsLayoutFromAFolderAndAZip() throws Exception {
    VerifiedPackage taken = store.take(layout(), Optional.of(CLIP));
    assertEquals(512, taken.pack().manifest().dimension());
    assertTrue(refusal(() -> store.take(layout(), Optional.of(CLIP))).contains("there already"));

    PackageStore other =
        new PackageStore(
            parent.resolve("other"), TrustedKeys.shipped(), gate, () -> site, said::add);
    Path zip = zip("clip/", files);
    assertEquals(taken.pack().digest(), other.take(zip, Optional.of(CLIP)).pack().digest());
  }

  @Test
  void importsSiglipWithItsUnigramTokenizer() throws Exception {
    Path toy = Path.of("testdata/families/siglip-base");
    files.put(
        "onnx/vision_model_quantized.onnx", Files.readAllBytes(toy.resolve("vision_model.onnx")));
    files.put("onnx/text_model_quantized.onnx", Files.readAllBytes(toy.resolve("text_model.onnx")));
    files.put(
        "tokenizer.json", Files.readAllBytes(Path.of("testdata/tokenizer/siglip.tokenizer.json")));
    Catalogue.Entry entry = Catalogue.shipped().find("siglip-base-patch16-224").orElseThrow();

    ModelManifest manifest = store.take(layout(), Optional.of(entry)).pack().manifest();

    assertEquals(Kind.UNIGRAM, manifest.text().tokenizer().kind());
    assertEquals("pooler_output", manifest.image().embedding().name());
    assertEquals(768, manifest.dimension());
  }

  @Test
  @Tag("R47")
  void importsASignedPackageOnlyFromATrustedKey() throws Exception {
    VerifiedPackage made = store.take(layout(), Optional.of(CLIP));
    Path from = folder.resolve(made.pack().manifest().id());
    PackageStore strict =
        new PackageStore(
            parent.resolve("strict"), TrustedKeys.shipped(), gate, () -> site, said::add);
    assertTrue(refusal(() -> strict.take(from, Optional.empty())).contains("not trusted"));

    TrustedKeys trusted = TrustedKeys.of(site.publicHalf());
    PackageStore other =
        new PackageStore(parent.resolve("other"), trusted, gate, () -> null, said::add);
    assertEquals(made.seal(), other.take(from, Optional.empty()).seal());
  }

  @Test
  void whatDoesNotRunIsNotTakenIn() throws Exception {
    files.put("onnx/vision_model_quantized.onnx", TestGraphs.image("image_embeds", 512));

    String why = refusal(() -> store.take(layout(), Optional.of(CLIP)));

    assertTrue(why.contains("graph `vision_model_quantized.onnx` cannot be loaded"), why);
    assertEquals(List.of(), visible());
  }

  @Test
  void saysWhatWasComparedAndWhatCouldNotBe() throws Exception {
    store.take(layout(), Optional.of(CLIP));

    String all = String.join("\n", said);
    assertTrue(all.contains("parity: pictures are prepared as declared"), all);
    assertTrue(all.contains("parity: text tower: runs one input at a time"), all);
    assertTrue(all.contains("parity: the package brings no `parity.json`"), all);
    assertTrue(all.contains("parity: no graph is there in float32 as well"), all);
  }

  @Test
  void refusesGraphsThatDoNotFitTogether() throws Exception {
    files.put("onnx/text_model_quantized.onnx", TestGraphs.text("text_embeds", 384));
    assertTrue(refusal(() -> store.take(layout(), Optional.of(CLIP))).contains("one known length"));
    files.put("onnx/text_model_quantized.onnx", TestGraphs.text("last_hidden_state", 512));
    assertTrue(refusal(() -> store.take(layout(), Optional.of(CLIP))).contains("text_embeds"));
    assertEquals(List.of(), visible());
  }

  @Test
  @Tag("R49")
  void refusesAGraphThatNamesItselfAFaceRecogniser() throws Exception {
    files.put(
        "onnx/vision_model_quantized.onnx",
        TestGraphs.graph(
            "ArcFace_R100",
            new TestGraphs.Port[] {new TestGraphs.Port("pixel_values", 1, 0, 3, 112, 112)},
            new TestGraphs.Port("image_embeds", 1, 0, 512)));

    assertTrue(refusal(() -> store.take(layout(), Optional.of(CLIP))).contains("face-recognition"));
    assertEquals(List.of(), visible());
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
    Path zip = zip("", Map.of(name, new byte[] {1}));

    assertTrue(refusal(() -> store.take(zip, Optional.of(CLIP))).contains("not allowed"));
    assertEquals(List.of(), visible());
    assertFalse(Files.exists(parent.resolve("outside")));
  }

  @Test
  void aZipBombIsCutOff() throws Exception {
    Path zip = zip("", Map.of("bomb.onnx", new byte[64 << 20]));

    assertTrue(refusal(() -> store.take(zip, Optional.of(CLIP))).contains("more than is allowed"));
    assertEquals(List.of(), visible());
  }

  @Test
  void aZipWithTwoNamesThatDifferInCaseOnlyIsRefused() throws Exception {
    Path zip = zip("", Map.of("a.json", new byte[] {1}, "A.json", new byte[] {2}));

    assertTrue(refusal(() -> store.take(zip, Optional.of(CLIP))).contains("repeats"));
  }

  @Test
  void aZipWithMoreFilesThanAPackageHasIsRefused() throws Exception {
    Map<String, byte[]> many = new HashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("file" + i, new byte[] {1});
    }
    Path zip = zip("", many);

    assertTrue(refusal(() -> store.take(zip, Optional.of(CLIP))).contains("holds too much"));
  }

  private interface Taking {
    void take() throws Exception;
  }

  private static String refusal(Taking taking) {
    return assertThrows(ModelPackageException.class, taking::take).getMessage();
  }

  private void pull(Catalogue.Entry entry, URI hub, Map<String, String> digests) throws Exception {
    store.pull(entry, hub, digests, new Download(PATIENCE), (file, done, total) -> {});
  }

  private Map<String, String> digests() {
    Map<String, String> digests = new HashMap<>();
    files.forEach((path, content) -> digests.put(path, Sha256.of(content)));
    return digests;
  }

  private List<String> visible() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(".fetched"))
          .toList();
    }
  }

  private Path layout() throws IOException {
    Path layout = parent.resolve("layout");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = layout.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return layout;
  }

  private Path zip(String prefix, Map<String, byte[]> content) throws IOException {
    Path zip = Files.createTempFile(parent, "pack", ".zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : content.entrySet()) {
        entries.putNextEntry(new ZipEntry(prefix + file.getKey()));
        entries.write(file.getValue());
        entries.closeEntry();
      }
    }
    return zip;
  }
}
