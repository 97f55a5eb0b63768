package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.pack.PackageSigner;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SPI's contract on a package: the example, or the folder named by {@code cordon.plugin}, whose
 * questions are {@code labels} or a {@code text} by {@code cordon.plugin.question}.
 */
class PackageConformanceTest extends VisionPluginConformance {
  private static final Path FOLDER =
      Path.of(System.getProperty("cordon.plugin", "examples/label-match/package"));
  private static final boolean BY_TEXT =
      System.getProperty("cordon.plugin.question", "labels").equals("text");

  @TempDir private static Path home;
  private static PluginPackage pack;
  private static VisionPluginFactory factory;

  @Override
  protected VisionPluginFactory factory() {
    if (factory == null) {
      factory = load();
    }
    return factory;
  }

  @Override
  protected Question question(List<String> labels) {
    return BY_TEXT ? new Question.Text(labels.getFirst()) : super.question(labels);
  }

  /** Signed here with a key of the moment: what is tested is what it does, not whose it is. */
  private static VisionPluginFactory load() {
    try {
      Path copy = Files.createDirectory(home.resolve("package"));
      try (Stream<Path> files = Files.list(FOLDER)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      SigningKey key = SigningKey.generate();
      PackageSigner.sign(copy, key);
      String manifest = Files.readString(copy.resolve("plugin.json"));
      String publisher = manifest.replaceAll("(?s).*\"publisher\"\\s*:\\s*\"([^\"]*)\".*", "$1");
      pack =
          PluginPackage.open(
              copy, TrustedPublishers.of(Map.of(publisher, List.of(key.publicHalf()))));
      return WasmPluginFactory.of(pack, SandboxLimits.DEFAULT, trip -> Assertions.fail("" + trip));
    } catch (Exception e) {
      throw new IllegalStateException("`" + FOLDER + "` is no package: " + e.getMessage(), e);
    }
  }

  @Test
  void saysOfItselfWhatItsManifestSays() {
    Assertions.assertEquals(factory().descriptor(), pack.manifest().descriptor());
  }
}
