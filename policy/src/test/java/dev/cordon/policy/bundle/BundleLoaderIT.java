package dev.cordon.policy.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLoaderIT {
  private static final String PACK =
      """
      pack: %s
      version: 1
      kind: pack
      tenants:
        %s:
          purposes: {}
      """;

  @TempDir private Path directory;

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private PolicyBundle load() throws PolicyLoadException {
    return BundleLoader.load(Optional.of(directory));
  }

  @Test
  void readsTheFilesOfADirectoryInTheOrderOfTheirNames() throws Exception {
    write("b.yaml", PACK.formatted("first", "b"));
    write("a.yaml", PACK.formatted("second", "a"));
    var bundle = load();
    assertEquals(
        List.of("biometric-floor", "demo", "second", "first"),
        bundle.packs().stream().map(Pack::name).toList());
    assertTrue(bundle.tenant("a").isPresent() && bundle.tenant("b").isPresent());
  }

  @Test
  void addsNothingFromADirectoryThatDoesNotExist() throws PolicyLoadException {
    var none = BundleLoader.load(Optional.of(directory.resolve("none")));
    assertEquals(BundleLoader.load(Optional.empty()).digest(), none.digest());
    assertEquals(none.digest(), BundleLoader.load(Optional.of(directory)).digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbid.yml", "forbid.YAML", "forbid.yaml.off", "notes.txt", ".keep"})
  void refusesAFileThatWouldBeSkipped(String name) throws IOException {
    write("a.yaml", PACK.formatted("one", "a"));
    write(name, PACK.formatted("x", "x"));
    var e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals(name + ":1:1: a pack ends in .yaml", e.getMessage());
  }

  @Test
  void refusesWhatIsNotAFile() throws IOException {
    Files.createDirectory(directory.resolve("old"));
    var e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals("old:1:1: a pack ends in .yaml", e.getMessage());
    Files.delete(directory.resolve("old"));
    Files.createSymbolicLink(directory.resolve("b.yaml"), directory.resolve("gone"));
    e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals("b.yaml:1:1: is not a file", e.getMessage());
    Files.delete(directory.resolve("b.yaml"));
    Files.createDirectory(directory.resolve("c.yaml"));
    e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals("c.yaml:1:1: is not a file", e.getMessage());
  }

  @Test
  void refusesAPathThatIsNotADirectory() throws IOException {
    write("policy", "");
    var gone = directory.resolve("link");
    Files.createSymbolicLink(gone, directory.resolve("gone"));
    for (var path : List.of(directory.resolve("policy"), gone)) {
      var e = assertThrows(PolicyLoadException.class, () -> BundleLoader.load(Optional.of(path)));
      assertEquals(path + ":1:1: is not a directory of packs", e.getMessage());
    }
  }

  @Test
  void followsALinkToADirectory() throws Exception {
    var real = Files.createDirectory(directory.resolve("real"));
    Files.writeString(real.resolve("a.yaml"), PACK.formatted("one", "a"));
    var link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertTrue(BundleLoader.load(Optional.of(link)).tenant("a").isPresent());
  }

  @Test
  void namesTheFileOfAMistake() throws IOException {
    write("a.yaml", PACK.formatted("one", "a"));
    write("b.yaml", PACK.formatted("two", "a"));
    var e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals("b.yaml:6:5: tenant `a` is already defined in a.yaml", e.getMessage());
  }

  @Test
  void refusesAHugeFile() throws IOException {
    Files.write(directory.resolve("a.yaml"), new byte[(4 << 20) + 1]);
    var e = assertThrows(PolicyLoadException.class, this::load);
    assertEquals("a.yaml:1:1: file is larger than 4 MiB", e.getMessage());
  }
}
