package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * What is asked for and in which words: the texts for the model are each label in each template,
 * label by label, then the scenery that a thing must stand out against.
 */
record Wording(List<String> labels, List<String> templates) {
  /** Most labels of one question. */
  static final int MOST_LABELS = 1000;

  private static final String GAP = "{}";

  /** What photographs show around things; nothing of people, so that the screen passes it. */
  static final List<String> SCENERY =
      List.of(
          "the sky",
          "a wall",
          "a floor",
          "grass",
          "a road",
          "water",
          "a tree",
          "a building",
          "a table",
          "a window",
          "a ceiling",
          "sand",
          "a field",
          "a room",
          "a street",
          "a fence",
          "a curtain",
          "a sidewalk",
          "a mountain",
          "snow");

  static Wording of(Question question) throws PluginException {
    return switch (question) {
      case Question.Labels(List<String> labels, List<String> templates) ->
          checked(List.copyOf(new LinkedHashSet<>(labels)), templates);
      // Words of the caller's own need no template.
      case Question.Text(String text) -> checked(List.of(text), List.of(GAP));
      case Question.Open _ -> throw refusal("segmentation-prompts needs labels or a text");
    };
  }

  private static Wording checked(List<String> labels, List<String> templates)
      throws PluginException {
    if (labels.contains(Finding.NONE_OF_THESE)) {
      throw refusal("the label `" + Finding.NONE_OF_THESE + "` is reserved");
    }
    if (labels.size() > MOST_LABELS) {
      throw refusal("at most " + MOST_LABELS + " labels can be looked for");
    }
    if (!templates.stream().allMatch(template -> template.contains(GAP))) {
      throw refusal("each template needs `{}` where the label goes");
    }
    return new Wording(labels, templates);
  }

  private static PluginException refusal(String message) {
    return new PluginException(Kind.BAD_QUESTION, message);
  }

  List<String> texts() {
    Stream<String> asked =
        labels.stream()
            .flatMap(label -> templates.stream().map(template -> template.replace(GAP, label)));
    return Stream.concat(asked, SCENERY.stream()).toList();
  }

  /** Mean cosine of a label over its templates, where {@code cosine} is that of a text. */
  double ofLabel(int label, IntToDoubleFunction cosine) throws PluginException {
    return mean(cosine, label * templates.size(), templates.size());
  }

  double ofScenery(IntToDoubleFunction cosine) throws PluginException {
    return mean(cosine, labels.size() * templates.size(), SCENERY.size());
  }

  private static double mean(IntToDoubleFunction cosine, int from, int count)
      throws PluginException {
    double sum = 0;
    for (int text = from; text < from + count; text++) {
      sum += cosine.applyAsDouble(text);
    }
    if (!Double.isFinite(sum)) {
      throw new PluginException(Kind.FAULT, "the model gave a similarity that is not a number");
    }
    return sum / count;
  }
}
