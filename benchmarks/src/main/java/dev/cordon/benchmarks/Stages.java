package dev.cordon.benchmarks;

import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.ImageFacts;
import dev.cordon.policy.language.OutputFacts;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Screening;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of a governed call goes: each stage alone and warm, and calls over HTTP that lack
 * the image. The stages do not add up exactly, since a stage alone has the caches to itself.
 */
final class Stages {
  private static final int CALLS = 300;

  private Stages() {}

  static void run(Path home, Path folder, int threads) throws Exception {
    Photos photos = Photos.of(folder);
    System.out.println("\n| stage alone | p10 | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|---|");
    images(photos, ModelPackage.open(home.resolve("models/starter")), threads);
    governance();
    try (LogDatabase log = LogDatabase.start()) {
      line("leaf append and commit", i -> log.append());
    }
    try (GovernedHost host = GovernedHost.start(home, threads)) {
      line("HTTP: `GET /log/vkey`, no token", i -> host.vkey());
      line("HTTP: `POST /v1/decisions`, token, screen, policy, leaf", i -> host.decide());
      line("HTTP: `POST /v1/analyses`", i -> host.analyse(photos.body(i)));
    }
  }

  private static void images(Photos photos, ModelPackage pack, int threads) throws Exception {
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    int side = pack.manifest().image().preprocessing().size();
    List<RgbImage> decoded = new ArrayList<>();
    for (byte[] jpeg : photos.jpegs()) {
      try (DecodedImage picture = decoder.decode(jpeg, side)) {
        decoded.add(picture.whole());
      }
    }
    try (RawAnalysis raw = RawAnalysis.open(pack, threads)) {
      line("both: resize, crop, normalise", i -> raw.prepare(decoded.get(i % decoded.size())));
      line("raw: image tower", i -> raw.run());
    }
    line("both: walk, decode, measure quality", i -> decoder.decode(photos.jpeg(i), side).close());
  }

  private static void governance() throws Exception {
    PromptScreen screen = PromptScreen.shipped();
    ScreenedTexts texts =
        new ScreenedTexts(Question.LABELS, List.of(Question.TEMPLATE), Optional.empty());
    line("prompt screen, 10 labels", i -> screen.screen(texts));
    line(
        "screen of the plugin's five own texts",
        i -> Question.BACKGROUNDS.forEach(text -> screen.screenText(text, "plugin")));
    PolicyDecisionPoint policy = PolicyBenchmark.shipped();
    Facts admission = PolicyBenchmark.facts(Screening.CLEAN);
    Facts input = admission.atInput(new ImageFacts(600, 400, 0.01, 0.5, 0.2));
    Facts output = input.atOutput(Screening.CLEAN, new OutputFacts(11), 0);
    line(
        "policy, three stages",
        i -> {
          policy.decide(admission);
          policy.decide(input);
          policy.decide(output);
        });
  }

  private static void line(String stage, Timing.Call call) throws Exception {
    System.out.println("| " + stage + " | " + Timing.measured(call, CALLS) + " |");
  }
}
