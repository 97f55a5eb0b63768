package dev.cordon.sandbox.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a package must be; each way to be none is refused with its reason and leaves nothing. */
class PluginPackageTest {
  @TempDir private Path home;

  private static TestPackage sound() {
    return TestPackage.of(TestPackage.module("trap"));
  }

  private Path folder(TestPackage pack) throws IOException {
    Path folder = Files.createDirectory(home.resolve("package"));
    for (Map.Entry<String, byte[]> file : pack.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** As a folder and as an archive; and what was there before is all that is there. */
  private void refused(Reason reason, TestPackage pack) throws IOException {
    assertEquals(reason, assertThrows(PluginPackageException.class, () -> pack.open()).reason());
    Path folder = folder(pack);
    Set<Path> before = everything();
    PluginPackageException refusal =
        assertThrows(
            PluginPackageException.class, () -> PluginPackage.open(folder, TestPackage.TRUSTED));
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    assertEquals(before, everything());
  }

  private Set<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return Set.copyOf(files.toList());
    }
  }

  @Test
  void aPermissionNeedsTheVersionThatBroughtIt() {
    TestPackage old =
        TestPackage.of(TestPackage.module("proposals"), "proposals")
            .saying("\"spi\": \"1.1\"", "\"spi\": \"1.0\"");
    assertEquals(
        PluginPackageException.Reason.SPI_VERSION,
        assertThrows(PluginPackageException.class, () -> old.signed().open()).reason());
  }

  @Test
  void aSoundOneIsTheSameAsAFolderAndAsAnArchive() throws Exception {
    TestPackage pack = sound().with("README.md", "a probe").signed();
    PluginPackage zipped = pack.open();
    PluginPackage unzipped = PluginPackage.open(folder(pack), TestPackage.TRUSTED);
    Path archive = Files.write(home.resolve("package.zip"), pack.zip());
    assertEquals(zipped.digest(), unzipped.digest());
    assertEquals(zipped.digest(), PluginPackage.open(archive, TestPackage.TRUSTED).digest());
    assertEquals(TestPackage.KEY.publicHalf().id(), zipped.signer());
    assertEquals("probe", zipped.manifest().descriptor().id());
    assertEquals(Set.of(Permission.SIMILARITIES), zipped.manifest().permissions());
    assertArrayEquals(TestPackage.module("trap"), zipped.wasm());
    zipped.writeTo(home.resolve("kept"));
    assertEquals(
        zipped.digest(), PluginPackage.open(home.resolve("kept"), TestPackage.TRUSTED).digest());
    assertThrows(IOException.class, () -> zipped.writeTo(home.resolve("kept")));
    try (Stream<Path> left = Files.list(home)) {
      assertTrue(left.noneMatch(file -> file.getFileName().toString().startsWith(".draft")));
    }
  }

  @Test
  void anUnsignedOne() throws Exception {
    refused(Reason.UNSIGNED, sound());
  }

  @Test
  void oneSignedByAStranger() throws Exception {
    refused(Reason.STRANGER, sound().signedBy(SigningKey.generate()));
  }

  @Test
  void oneSignedByAnotherPublisherThanItNames() throws Exception {
    refused(Reason.IMPOSTOR, sound().saying("\"acme\"", "\"globex\"").signed());
  }

  @Test
  void oneByteChanged() throws Exception {
    TestPackage pack = sound().signed();
    byte[] changed = pack.file("plugin.wasm").clone();
    changed[changed.length - 1] ^= 1;
    refused(Reason.CHANGED, pack.with("plugin.wasm", changed));
  }

  @Test
  void oneByteOfTheSignatureChanged() throws Exception {
    TestPackage pack = sound().signed();
    byte[] changed = pack.file(SignedStatement.FILE).clone();
    int inDigest =
        new String(changed, java.nio.charset.StandardCharsets.US_ASCII).indexOf('\n') + 5;
    changed[inDigest] = (byte) (changed[inDigest] == '0' ? '1' : '0');
    refused(Reason.CHANGED, pack.with(SignedStatement.FILE, changed));
  }

  @Test
  void aStatementInAnotherFormThanItsOne() throws Exception {
    TestPackage pack = sound().signed();
    byte[] file = pack.file(SignedStatement.FILE);
    refused(Reason.MALFORMED, pack.with(SignedStatement.FILE, new String(file) + "\n"));
  }

  @Test
  void aFileMoreThanWasSigned() throws Exception {
    refused(Reason.UNDECLARED_FILE, sound().signed().with("more.txt", "more"));
  }

  @Test
  void aFileLess() throws Exception {
    refused(Reason.MISSING_FILE, sound().with("more.txt", "x").signed().without("more.txt"));
  }

  @Test
  void namesThatDifferInCaseOnly() throws Exception {
    refused(Reason.NAME_COLLISION, sound().with("a.txt", "x").with("A.txt", "x").signed());
  }

  @ParameterizedTest
  @CsvSource({
    "../climbs.txt",
    "/etc/passwd",
    "folder/file.txt",
    "..",
    ".hidden",
    "C:\\x",
    "a b",
    "a\u0000b",
    "folder/"
  })
  void namesThatAreMoreThanNames(String name) throws Exception {
    PluginPackageException refusal =
        assertThrows(PluginPackageException.class, () -> sound().signed().with(name, "x").open());
    assertEquals(Reason.UNSAFE_PATH, refusal.reason());
    assertEquals(Set.of(home), everything());
  }

  @Test
  void aLinkAndAFolder() throws Exception {
    Path folder = folder(sound().signed());
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
    assertEquals(Reason.UNSAFE_PATH, refusal(folder).reason());
    Files.delete(link);
    Files.createDirectory(folder.resolve("folder"));
    assertEquals(Reason.UNSAFE_PATH, refusal(folder).reason());
    Path linked = Files.createSymbolicLink(home.resolve("linked"), folder);
    assertEquals(Reason.UNREADABLE, refusal(linked).reason());
  }

  private static PluginPackageException refusal(Path path) {
    return assertThrows(
        PluginPackageException.class, () -> PluginPackage.open(path, TestPackage.TRUSTED));
  }

  @Test
  void aZipBomb() {
    // 64 MiB of zeros in 64 kB.
    byte[] bomb = sound().with("zeros.bin", new byte[64 << 20]).signed().zip();
    assertTrue(bomb.length < 1 << 18);
    assertEquals(
        Reason.TOO_LARGE,
        assertThrows(
                PluginPackageException.class, () -> PluginPackage.open(bomb, TestPackage.TRUSTED))
            .reason());
  }

  @Test
  void tooManyFiles() throws Exception {
    TestPackage pack = sound();
    for (int i = 0; i < PackageFiles.MOST_FILES; i++) {
      pack.with("file-" + i, "");
    }
    refused(Reason.TOO_LARGE, pack.signed());
  }

  @Test
  void somethingElseThanAnArchive() {
    assertEquals(Reason.UNREADABLE, refusal(home.resolve("nothing")).reason());
    assertEquals(
        Reason.UNREADABLE,
        assertThrows(
                PluginPackageException.class,
                () -> PluginPackage.open(new byte[1000], TestPackage.TRUSTED))
            .reason());
  }

  @ParameterizedTest
  @CsvSource({"2.0", "1.2", "0.9"})
  void anotherSpi(String version) throws Exception {
    refused(Reason.SPI_VERSION, sound().saying("\"1.0\"", "\"" + version + "\"").signed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": \"probe\"|{\"id\": \"other\", \"id\": \"probe\"",
        "\"title\": \"A probe\"|\"title\": \"A probe\", \"title\": \"A probe\"",
        "\"title\": \"A probe\"|\"title\": 7",
        "\"title\": \"A probe\"|\"title\": \"A probe\", \"more\": 1",
        "\"id\": \"probe\"|\"id\": \"Probe\"",
        "\"1.0.0\"|\"1.0\"",
        "\"1.0\"|\"1\"",
        "\"permissions\": []|\"permissions\": [\"network\"]",
        "\"permissions\": []|\"permissions\": \"pixels\"",
        "\"plugin.wasm\"|\"other.wasm\"",
        "\"plugin.wasm\"|\"../plugin.wasm\"",
        "\"settings\": []|\"settings\": [{\"name\": \"a\", \"type\": \"file\", \"description\": \"x\"}]",
        "\"settings\": []|\"settings\": [{\"name\": \"a\", \"type\": \"number\", \"description\": \"x\", \"default\": \"x\"}]",
        "\"publisher\": \"acme\",|",
        "{\"id\"|[{\"id\"",
      })
  void aManifestThatIsNone(String words, String others) throws Exception {
    refused(Reason.MALFORMED, sound().saying(words, others == null ? "" : others).signed());
  }

  @Test
  void settingsAreCheckedAndCompleted() throws Exception {
    PluginManifest manifest =
        sound()
            .saying(
                "\"settings\": []",
                """
                "settings": [
                  {"name": "size", "type": "integer", "description": "x", "default": "5", "least": 1, "most": 9},
                  {"name": "way", "type": "choice", "description": "x", "choices": ["up", "down"]}]
                """)
            .signed()
            .open()
            .manifest();
    assertEquals(
        Map.of("size", "5", "way", "up"),
        manifest.complete(new PluginSettings(Map.of("way", "up"))));
    for (Map<String, String> wrong :
        List.of(
            Map.<String, String>of(),
            Map.of("way", "left"),
            Map.of("way", "up", "size", "10"),
            Map.of("way", "up", "size", "5.5"),
            Map.of("way", "up", "other", "1"))) {
      assertThrows(
          IllegalArgumentException.class, () -> manifest.complete(new PluginSettings(wrong)));
    }
  }
}
