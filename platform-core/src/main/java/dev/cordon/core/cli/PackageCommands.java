package dev.cordon.core.cli;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.serving.ModelTrust;
import dev.cordon.models.hub.Catalogue;
import dev.cordon.models.hub.Download;
import dev.cordon.models.hub.PackageStore;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that bring packages into the data folder and check those that are there. */
final class PackageCommands {
  private PackageCommands() {}

  @Command(
      name = "pull",
      description = {
        "Fetches a package of the catalogue, checks its digests, and makes it ready for review.",
        "Continues where an earlier try was cut. CORDON_MODELS_MIRROR names a mirror of the hub."
      },
      mixinStandardHelpOptions = true)
  static final class Pull implements Callable<Integer> {
    @Mixin private DataOption data;

    @Parameters(paramLabel = "NAME", description = "see `cordon models list`")
    private String name;

    @Option(
        names = "--sha256",
        paramLabel = "FILE=HEX",
        description = {
          "digest of a file that the catalogue does not know, or that you know better;",
          "with those of onnx/*_model.onnx the float32 graphs come too and are compared"
        })
    private Map<String, String> digests = Map.of();

    @Override
    public Integer call() throws Exception {
      CordonConfig config = data.config();
      Catalogue.Entry entry = entry(name);
      VerifiedPackage pulled =
          store(config)
              .pull(
                  entry,
                  hub(config),
                  digests,
                  new Download(Download.Patience.DEFAULT),
                  (file, done, total) ->
                      System.err.printf(
                          "\r%s %,d of %s bytes   ",
                          file, done, total > 0 ? "%,d".formatted(total) : "?"));
      System.err.println();
      return say(pulled);
    }

    private static URI hub(CordonConfig config) {
      String base = config.models().mirror();
      return URI.create(base.endsWith("/") ? base : base + "/");
    }
  }

  @Command(
      name = "import",
      description = {
        "Takes in a package without a network: a signed folder or zip, or with --as the files of a",
        "catalogue entry in the hub's layout, which are then signed with this site's own key."
      },
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {
    @Mixin private DataOption data;

    @Parameters(paramLabel = "DIR|ZIP")
    private Path from;

    @Option(names = "--as", paramLabel = "NAME", description = "the catalogue entry this is")
    private String name;

    @Override
    public Integer call() throws Exception {
      Optional<Catalogue.Entry> entry = name == null ? Optional.empty() : Optional.of(entry(name));
      return say(store(data.config()).take(from, entry));
    }
  }

  @Command(
      name = "verify",
      description = "Hashes every file of a package again and checks signature, key and papers.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private DataOption data;

    @Parameters(
        paramLabel = "NAME|DIR",
        description = "a package in the data folder, the word `starter`, or a folder")
    private String name;

    @Override
    public Integer call() throws Exception {
      CordonConfig config = data.config();
      Path folder = folder(config);
      VerifiedPackage verified = ModelTrust.of(config).open(folder);
      say(verified);
      System.out.println(
          verified.missing().map(field -> "papers lack `" + field + "`").orElse("papers complete"));
      return 0;
    }

    private Path folder(CordonConfig config) {
      Path installed = packages(config).resolve(name);
      if (Files.isDirectory(installed)) {
        return installed;
      }
      return name.equals("starter") ? config.models().pack() : Path.of(name);
    }
  }

  static Path packages(CordonConfig config) {
    return config.data().resolve("models");
  }

  private static Catalogue.Entry entry(String name) {
    return Catalogue.shipped()
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the catalogue has no `" + name + "`; `cordon models list` says what it has"));
  }

  private static PackageStore store(CordonConfig config) throws IOException {
    ModelTrust trust = ModelTrust.of(config);
    return new PackageStore(
        packages(config), trust.keys(), trust.gate(), () -> siteKey(config), System.out::println);
  }

  /** Made at first need; its public half lies in the trust folder, where it can be taken away. */
  private static SigningKey siteKey(CordonConfig config) {
    Path file = config.data().resolve("identity").resolve("models.key");
    try {
      if (Files.exists(file)) {
        return SigningKey.read(file);
      }
      SigningKey fresh = SigningKey.generate();
      fresh.write(file);
      Path trust = Files.createDirectories(ModelTrust.folder(config));
      Files.writeString(trust.resolve("site.pub"), fresh.publicHalf().pem());
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException("the site's key cannot be read or made: " + e.getMessage(), e);
    }
  }

  private static int say(VerifiedPackage verified) {
    System.out.printf(
        "%s %s verified%n  sha256 %s%n  root %s%n  signed by %s%n",
        verified.pack().manifest().id(),
        verified.pack().manifest().version(),
        verified.pack().digest(),
        verified.seal().root(),
        verified.seal().signer());
    return 0;
  }
}
