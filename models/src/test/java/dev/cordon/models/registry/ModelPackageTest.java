package dev.cordon.models.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R47")
class ModelPackageTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    TestPackages.tiny(folder);
  }

  static Stream<String> files() throws IOException {
    return TestPackages.names(TestPackages.starterManifest()).stream();
  }

  @Test
  void opensWhatIsExactlyAsDeclared() throws Exception {
    ModelPackage pack = ModelPackage.open(folder);

    byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));
    assertEquals(TestPackages.sha256(manifest), pack.digest());
    assertEquals("starter-effnetlite2-minilm", pack.manifest().id());
    assertEquals(folder.resolve("labels.json"), pack.file("labels.json"));
    assertArrayEquals(Files.readAllBytes(folder.resolve("labels.json")), pack.read("labels.json"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFileWithOneByteChanged(String name) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(name));
    content[new SplittableRandom(name.hashCode()).nextInt(content.length)] ^= 1;
    Files.write(folder.resolve(name), content);

    assertEquals("file `" + name + "` does not have the declared SHA-256", refusal());
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFileThatIsLonger(String name) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(name));
    Files.write(folder.resolve(name), Arrays.copyOf(content, content.length + 1));

    assertEquals("file `" + name + "` does not have the declared size", refusal());
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAMissingFile(String name) throws IOException {
    Files.delete(folder.resolve(name));

    assertEquals("file `" + name + "` is missing or not a plain file", refusal());
  }

  @Test
  void refusesAFolderWithoutAManifest() throws IOException {
    Files.delete(folder.resolve("manifest.json"));

    assertEquals("file `manifest.json` is missing", refusal());
  }

  @Test
  void refusesAFileNobodyDeclared() throws IOException {
    Files.writeString(folder.resolve(".hidden"), "x");

    assertEquals("file `.hidden` is not declared", refusal());
  }

  @Test
  void refusesASubfolder() throws IOException {
    Files.createDirectory(folder.resolve("weights"));

    assertEquals("file `weights` is not declared", refusal());
  }

  @Test
  void refusesALinkInPlaceOfAFile(@TempDir Path elsewhere) throws IOException {
    Path target = Files.move(folder.resolve("labels.json"), elsewhere.resolve("labels.json"));
    Files.createSymbolicLink(folder.resolve("labels.json"), target);

    assertEquals("file `labels.json` is missing or not a plain file", refusal());
  }

  @Test
  void refusesAManifestWithAnUnknownField() throws IOException {
    ObjectNode manifest = TestPackages.starterManifest();
    TestPackages.write(folder, manifest.put("licenseUrl", "https://example.com"));

    assertEquals("`manifest.json` is refused: unknown field `licenseUrl`", refusal());
  }

  @Test
  void refusesAFileNameThatLeavesTheFolder() throws IOException {
    ObjectNode manifest = TestPackages.starterManifest();
    TestPackages.declare(manifest, "../outside", new byte[] {1});
    TestPackages.write(folder, manifest);

    assertTrue(refusal().contains("`../outside`"), this::refusal);
  }

  @Test
  void refusesAFileSwappedAfterOpening() throws Exception {
    ModelPackage pack = ModelPackage.open(folder);
    byte[] content = Files.readAllBytes(folder.resolve("labels.json"));
    content[0] ^= 1;
    Files.write(folder.resolve("labels.json"), content);

    assertThrows(ModelPackageException.class, () -> pack.read("labels.json"));
  }

  @Test
  void knowsOnlyDeclaredFiles() throws Exception {
    ModelPackage pack = ModelPackage.open(folder);

    for (String name : List.of("other", "manifest.json", "../labels.json")) {
      assertThrows(IllegalArgumentException.class, () -> pack.file(name));
    }
  }

  private String refusal() {
    return assertThrows(ModelPackageException.class, () -> ModelPackage.open(folder)).getMessage();
  }
}
