package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
import java.util.List;

/**
 * Probabilities of labels that compete with each other and with neutral backgrounds: a label's
 * score is the mean cosine over its templates (prompt ensembling as in the CLIP paper).
 */
final class CompetingScores {
  /** Where a template takes the label. */
  static final String GAP = "{}";

  /**
   * What an image may be when no label applies. They say nothing of people, so that the host's
   * screen passes each of them whatever the caller asked.
   */
  static final List<String> BACKGROUNDS =
      List.of(
          "a photo",
          "a photo of something",
          "a photo of an unknown object",
          "a plain background",
          "a texture");

  /** Most texts in one comparison; bounds what the host holds for 10,000 labels with templates. */
  static final int MOST_TEXTS = 8192;

  private final float[] probabilities;
  private final float[] alone;

  private CompetingScores(float[] probabilities, float[] alone) {
    this.probabilities = probabilities;
    this.alone = alone;
  }

  static CompetingScores compare(
      VisionLanguage model, Region region, List<String> labels, List<String> templates)
      throws PluginException {
    float[] cosines = new float[labels.size() + BACKGROUNDS.size()];
    int labelsInChunk = Math.max(1, (MOST_TEXTS - BACKGROUNDS.size()) / templates.size());
    Similarities last = null;
    for (int from = 0; from < labels.size(); from += labelsInChunk) {
      stopIfCancelled();
      int to = Math.min(labels.size(), from + labelsInChunk);
      List<String> texts = prompts(labels.subList(from, to), templates);
      boolean closing = to == labels.size();
      int ofLabels = texts.size();
      if (closing) {
        texts.addAll(BACKGROUNDS);
      }
      last = model.compare(List.of(region), texts);
      for (int label = from; label < to; label++) {
        cosines[label] = mean(last, (label - from) * templates.size(), templates.size());
      }
      for (int i = 0; closing && i < BACKGROUNDS.size(); i++) {
        cosines[labels.size() + i] = mean(last, ofLabels + i, 1);
      }
    }
    stopIfCancelled();
    float[] alone = new float[labels.size()];
    for (int label = 0; label < alone.length; label++) {
      alone[label] = last.probability(cosines[label]);
    }
    return new CompetingScores(last.softmax(cosines), alone);
  }

  /** Label by label, and for each label template by template. */
  private static List<String> prompts(List<String> labels, List<String> templates) {
    List<String> prompts = new ArrayList<>(labels.size() * templates.size() + BACKGROUNDS.size());
    for (String label : labels) {
      for (String template : templates) {
        prompts.add(template.replace(GAP, label));
      }
    }
    return prompts;
  }

  private static float mean(Similarities similarities, int from, int count) throws PluginException {
    double sum = 0;
    for (int text = from; text < from + count; text++) {
      sum += similarities.cosine(0, text);
    }
    if (!Double.isFinite(sum)) {
      throw new PluginException(Kind.FAULT, "the model gave a similarity that is not a number");
    }
    return (float) (sum / count);
  }

  private static void stopIfCancelled() throws PluginException {
    // The flag stays set: the host decides what becomes of its thread.
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(Kind.CANCELLED, "tagging was cancelled");
    }
  }

  float ofLabel(int label) {
    return probabilities[label];
  }

  /** The label's probability whatever other labels there are. */
  float alone(int label) {
    return alone[label];
  }

  /** The backgrounds' probabilities together. */
  float ofNone() {
    double sum = 0;
    for (int i = alone.length; i < probabilities.length; i++) {
      sum += probabilities[i];
    }
    return (float) Math.min(1, sum);
  }
}
