package dev.cordon.benchmarks.sandbox;

import dev.cordon.sandbox.pack.PackageSigner;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import dev.cordon.sandbox.wasm.SandboxLimits;
import dev.cordon.sandbox.wasm.WasmPluginFactory;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sandbox's example, and hostile modules in its clothes, signed for the moment. */
final class Packages {
  private static final String EXAMPLE = "sandbox/examples/label-match/package";
  private static final String HOSTILE =
      "sandbox/src/test/resources/dev/cordon/sandbox/hostile/%s.wasm";
  private static final String MODULE = "label-match.wasm";

  private final SigningKey key = SigningKey.generate();
  private final TrustedPublishers trusted =
      TrustedPublishers.of(Map.of("cordon-examples", List.of(key.publicHalf())));
  private final Path home;
  private final Path folder;

  Packages(Path home) throws IOException {
    this.home = home;
    this.folder = Files.createTempDirectory("cordon-bench");
  }

  /** A signed folder with the example. */
  Path example() throws IOException, PluginPackageException {
    return signed("example", home.resolve(EXAMPLE).resolve(MODULE));
  }

  VisionPlugin hostile(String name) throws IOException, PluginPackageException {
    return plugin(signed(name, home.resolve(HOSTILE.formatted(name))));
  }

  /** All that has to be done before a plugin can be called. */
  VisionPlugin plugin(Path signed) throws PluginPackageException {
    PluginPackage pack = PluginPackage.open(signed, trusted);
    return WasmPluginFactory.of(pack, SandboxLimits.DEFAULT, trip -> {})
        .create(PluginSettings.NONE);
  }

  private Path signed(String name, Path wasm) throws IOException, PluginPackageException {
    Path signed = Files.createDirectory(folder.resolve(name));
    Files.copy(wasm, signed.resolve(MODULE));
    Files.copy(home.resolve(EXAMPLE).resolve("plugin.json"), signed.resolve("plugin.json"));
    PackageSigner.sign(signed, key);
    return signed;
  }
}
