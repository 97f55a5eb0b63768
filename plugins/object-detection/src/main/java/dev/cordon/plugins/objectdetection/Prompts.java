package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The texts of one question: each distinct label in each template, label by label, then the scenery
 * that a label must stand out against.
 */
record Prompts(List<String> labels, int templates, List<String> texts) {
  /** Most labels of one question; more would leave no region for most of them. */
  static final int MOST_LABELS = 1000;

  /** Where a template takes the label. */
  private static final String GAP = "{}";

  /**
   * What photographs show around things. It says nothing of people, so that the host's screen
   * passes each of them whatever the caller asked.
   */
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

  static Prompts of(Question.Labels asked) throws PluginException {
    List<String> labels = List.copyOf(new LinkedHashSet<>(asked.labels()));
    if (labels.contains(Finding.NONE_OF_THESE)) {
      throw refusal("the label `" + Finding.NONE_OF_THESE + "` is reserved");
    }
    if (labels.size() > MOST_LABELS) {
      throw refusal("at most " + MOST_LABELS + " labels can be looked for");
    }
    List<String> texts = new ArrayList<>();
    for (String label : labels) {
      for (String template : asked.templates()) {
        if (!template.contains(GAP)) {
          throw refusal("each template needs `{}` where the label goes");
        }
        texts.add(template.replace(GAP, label));
      }
    }
    texts.addAll(SCENERY);
    return new Prompts(labels, asked.templates().size(), List.copyOf(texts));
  }

  private static PluginException refusal(String message) {
    return new PluginException(Kind.BAD_QUESTION, message);
  }

  /** Mean cosine of a label over its templates, where {@code cosine} is that of a text. */
  double ofLabel(int label, IntToDoubleFunction cosine) throws PluginException {
    return mean(cosine, label * templates, templates);
  }

  /** Mean cosine of the scenery. */
  double ofScenery(IntToDoubleFunction cosine) throws PluginException {
    return mean(cosine, labels.size() * templates, SCENERY.size());
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
