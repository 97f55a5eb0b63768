package dev.cordon.models.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.graph.TestGraphs;
import dev.cordon.models.signing.SigningKey;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedPackageTest {
  private static final PackageGate GATE = PackageGate.allowing(LicenceGate.DEFAULT);
  private static final Optional<List<Metric>> METRICS =
      Optional.of(List.of(new Metric("top-1", "0.5", "all")));

  private final SigningKey key = SigningKey.generate();
  @TempDir Path parent;

  /** Red when a file of the starter has changed: run {@code models/seal-starter} again. */
  @Test
  @Tag("R47")
  @Tag("R48")
  void theStarterIsSignedWithTheShippedKeyAndComplete() throws Exception {
    VerifiedPackage starter =
        VerifiedPackage.open(TestPackages.STARTER, TrustedKeys.shipped(), GATE);

    assertEquals(Optional.empty(), starter.missing());
    assertEquals(ModelPackage.open(TestPackages.STARTER).digest(), starter.pack().digest());
  }

  @Test
  @Tag("R47")
  void opensWhatATrustedKeySealed() throws Exception {
    Path folder = sealed(METRICS);

    VerifiedPackage opened = open(folder);

    assertEquals(key.publicHalf().id(), opened.seal().signer());
    assertEquals(Optional.empty(), opened.missing());
  }

  @Test
  @Tag("R47")
  void refusesOneByteMoreAndOneFileMore() throws Exception {
    Path folder = sealed(METRICS);
    Files.writeString(folder.resolve("extra.txt"), "");
    assertEquals("file `extra.txt` is not signed", refusal(folder));
    Files.delete(folder.resolve("extra.txt"));
    Files.write(
        folder.resolve("bom.cdx.json"), new byte[] {' '}, java.nio.file.StandardOpenOption.APPEND);
    assertEquals("file `bom.cdx.json` is not the one that was signed", refusal(folder));
  }

  @Test
  @Tag("R47")
  void refusesTheStarterUnderAnotherSignersKey() throws Exception {
    Path folder = sealed(METRICS);

    assertThrows(
        ModelPackageException.class,
        () -> VerifiedPackage.open(folder, TrustedKeys.shipped(), GATE));
  }

  @Test
  @Tag("R49")
  void refusesAFaceRecognitionPackageThoughSigned() throws Exception {
    Path folder = tiny(manifest -> manifest.put("family", "arcface"));
    Sealing.seal(folder, key, METRICS);

    assertTrue(refusal(folder).startsWith("`family` names a model for face-recognition"));
  }

  @Test
  @Tag("R49")
  void refusesAGraphThatNamesItselfOneThoughSigned() throws Exception {
    Path folder =
        tiny(
            manifest ->
                graph(
                    manifest,
                    TestGraphs.graph(
                        "arcface-r50",
                        new TestGraphs.Port[] {new TestGraphs.Port("data", 1, 0, 3, 112, 112)},
                        new TestGraphs.Port("fc1", 1, 0, 512))));
    Sealing.seal(folder, key, METRICS);

    assertTrue(refusal(folder).startsWith("a graph names itself a model for face-recognition"));
  }

  @Test
  @Tag("R49")
  void refusesAGraphThatCannotBeJudged() throws Exception {
    Path folder = tiny(manifest -> graph(manifest, "no graph".getBytes(StandardCharsets.UTF_8)));
    Sealing.seal(folder, key, METRICS);

    assertEquals("graph `image_encoder.onnx` cannot be read", refusal(folder));
  }

  private void graph(ObjectNode manifest, byte[] content) {
    try {
      Files.write(parent.resolve("pack").resolve("image_encoder.onnx"), content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    TestPackages.declare(manifest, "image_encoder.onnx", content);
  }

  @Test
  @Tag("R49")
  void refusesAnUnknownTaskByWhatItIs() throws Exception {
    Path folder = sealed(METRICS);
    ObjectNode manifest = TestPackages.starterManifest().put("task", "face-recognition");
    TestPackages.write(folder, manifest);
    dev.cordon.models.signing.SignedFolder.sign(folder, "pack", key);

    assertTrue(refusal(folder).startsWith("`task` names a model for face-recognition"));
  }

  @Test
  void refusesALicenceThatForbidsCommercialUse() throws Exception {
    Path folder = tiny(manifest -> manifest.put("licence", "CC-BY-NC-4.0"));
    Sealing.seal(folder, key, METRICS);

    assertTrue(refusal(folder).contains("forbids commercial use"));
  }

  @Test
  @Tag("R48")
  void namesWhatTheBillLacks() throws Exception {
    assertEquals(
        Optional.of("metadata.component.modelCard.quantitativeAnalysis.performanceMetrics"),
        open(sealed(Optional.of(List.of()))).missing());
  }

  @Test
  @Tag("R48")
  void aPackageWithoutABillLacksIt() throws Exception {
    Path folder = sealed(METRICS);
    Files.delete(folder.resolve("bom.cdx.json"));
    dev.cordon.models.signing.SignedFolder.sign(folder, "pack", key);

    assertEquals(Optional.of("bom.cdx.json"), open(folder).missing());
  }

  @Test
  void sealingAgainKeepsTheFigures() throws Exception {
    Path folder = sealed(METRICS);

    Sealing.seal(folder, key, Optional.empty());

    assertEquals(Optional.empty(), open(folder).missing());
  }

  private Path sealed(Optional<List<Metric>> metrics) throws Exception {
    Path folder = tiny(manifest -> {});
    Sealing.seal(folder, key, metrics);
    return folder;
  }

  private Path tiny(java.util.function.Consumer<ObjectNode> change) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("pack"));
    TestPackages.tiny(folder);
    ObjectNode manifest =
        (ObjectNode)
            com.fasterxml.jackson.databind.json.JsonMapper.builder()
                .build()
                .readTree(folder.resolve("manifest.json").toFile());
    change.accept(manifest);
    TestPackages.write(folder, manifest);
    return folder;
  }

  private VerifiedPackage open(Path folder) throws ModelPackageException {
    return VerifiedPackage.open(folder, TrustedKeys.of(key.publicHalf()), GATE);
  }

  private String refusal(Path folder) {
    return assertThrows(ModelPackageException.class, () -> open(folder)).getMessage();
  }
}
