package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One sentence of the things an image shows, where, and in what light. How sure it sounds follows
 * the probabilities: half and more is likely, less is perhaps, and little is not said at all.
 */
final class Captioning {
  private static final List<String> TEMPLATE = List.of("a photo of a {}");
  private static final List<String> SCENE_TEMPLATE = List.of("a photo of a {}", "a {}");
  private static final float LIKELY = 0.5f;
  private static final float PERHAPS = 0.15f;
  private static final int MOST_OBJECTS = 3;
  private static final double DARK = 0.2;
  private static final double BRIGHT = 0.8;
  private static final double FAINT = 0.06;

  private Captioning() {}

  /** A thing with the probability that the image shows it. */
  private record Seen(String label, float score) {}

  static List<Finding> caption(Analysis analysis) throws PluginException {
    AnswerOptions options = analysis.options();
    CaptionWords words = CaptionWords.in(options.language());
    if (Abstention.isDue(analysis.quality())) {
      return reported(new Finding.Tag(Finding.UNCERTAIN, 1 - Abstention.SHARE), options);
    }
    List<String> labels = labels(words, analysis);
    CompetingScores things = things(labels, analysis);
    List<Seen> seen = seen(labels, things);
    if (seen.isEmpty()) {
      return reported(new Finding.Tag(Finding.UNCERTAIN, things.ofNone()), options);
    }
    String sentence =
        sentence(words, seen) + scene(words, analysis) + light(words, analysis.quality());
    return reported(
        new Finding.Caption(
            sentence + ".", seen.getFirst().score(), CaptionWords.primary(options.language())),
        options);
  }

  private static List<Finding> reported(Finding finding, AnswerOptions options) {
    return finding.score() >= options.threshold() ? List.of(finding) : List.of();
  }

  private static List<String> labels(CaptionWords words, Analysis analysis) {
    return switch (analysis.question()) {
      case Question.Labels asked -> asked.labels().stream().distinct().toList();
      case Question.Text _, Question.Open _ -> List.copyOf(words.objects().keySet());
    };
  }

  private static CompetingScores things(List<String> labels, Analysis analysis)
      throws PluginException {
    List<String> templates =
        analysis.question() instanceof Question.Labels asked ? asked.templates() : TEMPLATE;
    return CompetingScores.compare(analysis.model(), analysis.image().whole(), labels, templates);
  }

  private static List<Seen> seen(List<String> labels, CompetingScores scores) {
    return IntStream.range(0, labels.size())
        .mapToObj(i -> new Seen(labels.get(i), scores.ofLabel(i)))
        .filter(thing -> thing.score() >= PERHAPS)
        .sorted(Comparator.comparing(Seen::score).reversed())
        .limit(MOST_OBJECTS)
        .toList();
  }

  private static String sentence(CaptionWords words, List<Seen> seen) {
    List<String> names = seen.stream().map(thing -> words.object(thing.label())).toList();
    if (seen.getFirst().score() < LIKELY) {
      return filled(words, "unsure", joined(words, names));
    }
    // At most one of competing things is likelier than not.
    String first = filled(words, "likely", names.getFirst());
    List<String> rest = names.subList(1, names.size());
    return rest.isEmpty() ? first : first + filled(words, "perhaps", joined(words, rest));
  }

  private static String joined(CaptionWords words, List<String> names) {
    if (names.size() == 1) {
      return names.getFirst();
    }
    String last = " " + words.phrase("and") + " " + names.getLast();
    return String.join(", ", names.subList(0, names.size() - 1)) + last;
  }

  private static String scene(CaptionWords words, Analysis analysis) throws PluginException {
    List<String> scenes = List.copyOf(words.scenes().keySet());
    CompetingScores scores =
        CompetingScores.compare(analysis.model(), analysis.image().whole(), scenes, SCENE_TEMPLATE);
    for (int i = 0; i < scenes.size(); i++) {
      if (scores.ofLabel(i) >= LIKELY) {
        return filled(words, "scene", words.scene(scenes.get(i)));
      }
    }
    return "";
  }

  private static String light(CaptionWords words, ImageQuality quality) {
    List<String> said = new ArrayList<>();
    if (quality.brightness() < DARK) {
      said.add(words.phrase("dark"));
    } else if (quality.brightness() > BRIGHT) {
      said.add(words.phrase("bright"));
    }
    if (quality.contrast() < FAINT) {
      said.add(words.phrase("faint"));
    }
    return String.join("", said);
  }

  /** A label is put in as it is, whatever braces it holds. */
  private static String filled(CaptionWords words, String phrase, String with) {
    return words.phrase(phrase).replace("{0}", with);
  }
}
