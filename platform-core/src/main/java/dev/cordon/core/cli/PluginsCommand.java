package dev.cordon.core.cli;

import dev.cordon.sandbox.pack.PackageSigner;
import dev.cordon.sandbox.pack.PluginManifest;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import dev.cordon.sandbox.wasm.SandboxLimits;
import dev.cordon.sandbox.wasm.WasmPluginFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes keys for publishers of plugins, signs packages, verifies and evaluates them, which needs no
 * host; and looks after the catalogue of a running one.
 */
@Command(
    name = "plugins",
    description = "Packages of plugins in WebAssembly.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "`cordon plugins test DIR` runs in a checkout and is part of the launcher script."
    },
    subcommands = {
      PluginsCommand.Keygen.class,
      PluginsCommand.Sign.class,
      PluginsCommand.Verify.class,
      EvaluateCommand.class,
      CatalogueCommands.ListAll.class,
      CatalogueCommands.Install.class,
      CatalogueCommands.Review.class,
      CatalogueCommands.Enable.class,
      CatalogueCommands.Disable.class,
      CatalogueCommands.Replace.class,
      CatalogueCommands.RollBack.class,
      CatalogueCommands.Kill.class,
      CatalogueCommands.Revive.class,
      CatalogueCommands.Remove.class
    })
final class PluginsCommand {
  @Command(
      name = "keygen",
      description = "Makes an Ed25519 key; its public half goes to FILE.pub.",
      mixinStandardHelpOptions = true)
  static final class Keygen implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "is never overwritten")
    private Path file;

    @Override
    public Integer call() throws Exception {
      SigningKey key = SigningKey.generate();
      key.write(file);
      System.out.printf("key %s%n", key.publicHalf().id());
      return 0;
    }
  }

  @Command(
      name = "sign",
      description = "Signs every file of a package folder and checks its module.",
      mixinStandardHelpOptions = true)
  static final class Sign implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder with a plugin.json")
    private Path folder;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "see keygen")
    private Path file;

    @Override
    public Integer call() throws Exception {
      SigningKey key = SigningKey.read(file);
      PackageSigner.sign(folder, key);
      PluginManifest manifest = PackageSigner.manifest(folder);
      return say(
          folder, TrustedPublishers.of(Map.of(manifest.publisher(), List.of(key.publicHalf()))));
    }
  }

  @Command(
      name = "verify",
      description = "Checks signature, key, every byte, manifest and module of a package.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|ZIP")
    private Path pack;

    @Option(
        names = "--trust",
        paramLabel = "DIR",
        required = true,
        description = "folder of public keys, each in PUBLISHER.pub")
    private Path trust;

    @Override
    public Integer call() throws Exception {
      return say(pack, TrustedPublishers.read(trust));
    }
  }

  private static int say(Path path, TrustedPublishers trusted) throws PluginPackageException {
    PluginPackage pack = PluginPackage.open(path, trusted);
    WasmPluginFactory.of(pack, SandboxLimits.DEFAULT, trip -> {});
    System.out.printf(
        "%s %s verified%n  sha256 %s%n  signed by %s with key %s%n",
        pack.manifest().id(),
        pack.manifest().version(),
        pack.digest(),
        pack.manifest().publisher(),
        pack.signer());
    return 0;
  }
}
