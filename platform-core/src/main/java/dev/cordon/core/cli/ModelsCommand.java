package dev.cordon.core.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.serving.ModelTrust;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.hub.Catalogue;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.SignedFolder;
import dev.cordon.models.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which model packages this host has, brings in others, verifies and signs them. */
@Command(
    name = "models",
    description = "Model packages of this host.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelsCommand.ListCommand.class,
      PackageCommands.Pull.class,
      PackageCommands.Import.class,
      PackageCommands.Verify.class,
      ModelsCommand.SignCommand.class
    })
final class ModelsCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Override
  public Integer call() throws Exception {
    ListCommand list = new ListCommand();
    list.data = data;
    return list.call();
  }

  @Command(
      name = "list",
      description =
          "Verifies the packages of this host and says what they are, and what can be pulled.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private DataOption data;

    @Override
    public Integer call() throws Exception {
      CordonConfig config = data.config();
      ModelTrust trust = ModelTrust.of(config);
      boolean sound = say(config.models().pack(), trust, "configured");
      for (Path folder : installed(PackageCommands.packages(config))) {
        sound &= say(folder, trust, "installed");
      }
      System.out.println("catalogue, for `cordon models pull NAME`:");
      for (Catalogue.Entry entry : Catalogue.shipped().entries()) {
        System.out.printf("  %-26s %s%s%n", entry.name(), entry.title(), remark(entry));
      }
      return sound ? 0 : 1;
    }

    private static boolean say(Path folder, ModelTrust trust, String word) {
      try {
        VerifiedPackage verified = trust.open(folder);
        ModelManifest manifest = verified.pack().manifest();
        System.out.printf(
            "%s %s %s  sha256 %s%n",
            word, manifest.id(), manifest.version(), verified.pack().digest());
        System.out.printf("  %s%n", manifest.title());
        System.out.printf("  %s%n", manifest.description());
        System.out.printf("  not for: %s%n", String.join("; ", manifest.outOfScope()));
        System.out.printf("  %s; licence %s%n", manifest.family(), manifest.licence());
        System.out.printf("  signed by %s%n", verified.seal().signer());
        return true;
      } catch (ModelPackageException e) {
        System.out.printf("REFUSED %s: %s%n", folder, e.getMessage());
        return false;
      }
    }

    private static List<Path> installed(Path folder) throws IOException {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> entries = Files.list(folder)) {
        return entries
            .filter(Files::isDirectory)
            .filter(entry -> !entry.getFileName().toString().startsWith("."))
            .sorted()
            .toList();
      }
    }

    private static String remark(Catalogue.Entry entry) {
      if (entry.unsupported() != null) {
        return " (not yet: " + entry.unsupported() + ")";
      }
      return entry.isPinned() ? "" : " (give its digests with --sha256)";
    }
  }

  @Command(
      name = "sign",
      description = {
        "Writes the bill of materials of a package folder and signs every file of it.",
        "A key is PKCS #8 PEM with its public half beside it in FILE.pub."
      },
      mixinStandardHelpOptions = true)
  static final class SignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder with a manifest.json")
    private Path folder;

    @ArgGroup(multiplicity = "1")
    private Key key;

    @Option(
        names = "--metrics",
        paramLabel = "FILE",
        description = "what was measured: a JSON list of {type, value, slice} (default: as before)")
    private Path metrics;

    /** Where the key comes from. */
    static final class Key {
      @Option(
          names = "--key",
          paramLabel = "FILE",
          description = "sign with this key, made when the file does not exist")
      private Path file;

      @Option(
          names = "--once",
          paramLabel = "PUB",
          description = "sign with a key made for this and forgotten; write its public half to PUB")
      private Path once;
    }

    @Override
    public Integer call() throws Exception {
      Optional<List<Metric>> figures =
          metrics == null
              ? Optional.empty()
              : Optional.of(
                  new ObjectMapper().readValue(metrics.toFile(), new TypeReference<>() {}));
      SigningKey pair = key();
      SignedFolder.Seal seal = Sealing.seal(folder, pair, figures);
      if (key.once != null) {
        Files.writeString(key.once, pair.publicHalf().pem());
      }
      System.out.printf("signed %s%n  by key %s%n", seal.root(), seal.signer());
      return 0;
    }

    private SigningKey key() throws IOException {
      if (key.file != null && Files.exists(key.file)) {
        return SigningKey.read(key.file);
      }
      SigningKey fresh = SigningKey.generate();
      if (key.file != null) {
        fresh.write(key.file);
      }
      return fresh;
    }
  }
}
