package dev.cordon.core.cli;

import dev.cordon.core.config.ConfigKeys;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.registry.ModelPackage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which model packages this host has. */
@Command(
    name = "models",
    description = "Model packages of this host.",
    mixinStandardHelpOptions = true,
    subcommands = ModelsCommand.ListCommand.class)
final class ModelsCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    return new ListCommand().call();
  }

  @Command(
      name = "list",
      description = "Verifies every file of the package and says what it is.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      ModelPackage pack = ModelPackage.open(ConfigKeys.read().models().pack());
      ModelManifest manifest = pack.manifest();
      System.out.printf("%s %s  sha256 %s%n", manifest.id(), manifest.version(), pack.digest());
      System.out.printf("  %s; licence %s%n", manifest.family(), manifest.licence());
      return 0;
    }
  }
}
