package dev.cordon.core.cli;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.serving.ModelTrust;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.Verdict;
import dev.cordon.sandbox.evaluation.Evaluation;
import dev.cordon.sandbox.evaluation.EvaluationReport;
import dev.cordon.sandbox.evaluation.Result;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import dev.cordon.spi.PluginDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a package before the model of this host and signs what came of it; needs no host. */
@Command(
    name = "evaluate",
    description = {
      "Runs a package in the sandbox, with this host's model and photographs, and signs a report.",
      "Ends with 1 when the verdict is `failed`; the report is written all the same."
    },
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 4;

  @Mixin private DataOption data;

  @Parameters(paramLabel = "DIR|ZIP")
  private Path pack;

  @Option(
      names = "--trust",
      paramLabel = "DIR",
      required = true,
      description = "folder of publishers' public keys, each in PUBLISHER.pub")
  private Path trust;

  @Option(names = "--key", paramLabel = "FILE", required = true, description = "the evaluator's")
  private Path key;

  @Option(
      names = "--evaluator",
      paramLabel = "NAME",
      required = true,
      description = "under which hosts trust the key: lower case with hyphens")
  private String evaluator;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "photographs; the first twelve are used (default: those that are shipped)")
  private Path images;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "the report")
  private Path out;

  @Override
  public Integer call() throws Exception {
    SigningKey signer = SigningKey.read(key);
    PluginPackage plugin = PluginPackage.open(pack, TrustedPublishers.read(trust));
    CordonConfig config = data.config();
    ModelPackage model = ModelTrust.of(config).open(config.models().pack()).pack();
    EvaluationReport report =
        new EvaluationReport(
            plugin.digest(),
            PluginDescriptor.SPI_VERSION,
            model.digest(),
            Cordon.VERSION,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            evaluator,
            results(plugin, model, config));
    Files.write(out, report.sign(signer));
    System.out.printf(
        "%s %s: %s%n  package %s%n  report %s%n",
        plugin.manifest().id(),
        plugin.manifest().version(),
        report.passed() ? "passed" : "FAILED",
        report.packageDigest(),
        report.digest());
    return report.passed() ? 0 : 1;
  }

  private List<Result> results(PluginPackage plugin, ModelPackage model, CordonConfig config)
      throws Exception {
    PromptScreen screen = PromptScreen.shipped();
    OnnxOptions options =
        new OnnxOptions(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    try (OnnxImageTextModel loaded = OnnxImageTextModel.load(model, options)) {
      return Evaluation.run(
          plugin,
          Photographs.of(folder(), loaded),
          text -> screen.screenText(text, "finding").verdict() == Verdict.ALLOW,
          config.models().deadline(),
          (result, fault) ->
              System.out.println("  " + result.line() + (fault.isEmpty() ? "" : ": " + fault)));
    }
  }

  private Path folder() {
    return images != null
        ? images
        : Path.of(Optional.ofNullable(System.getenv("CORDON_HOME")).orElse("."), "samples");
  }
}
