package dev.cordon.spi;

import java.util.Map;

/**
 * How the caller wants the answer.
 *
 * @param topK most findings
 * @param threshold least score that is reported, 0 to 1
 * @param language BCP 47 tag of the answer's language
 * @param mode whether labels compete, stand each alone, or become a sentence
 * @param parents the broader label of a label, for scores that roll up; no label is above itself
 */
public record AnswerOptions(
    int topK, float threshold, String language, Mode mode, Map<String, String> parents) {
  /** Everything, in English. */
  public static final AnswerOptions DEFAULT = new AnswerOptions(Integer.MAX_VALUE, 0f, "en");

  /** What becomes of the labels. */
  public enum Mode {
    /** They compete; their scores and that of none of them sum to 1. */
    SINGLE_LABEL,
    /** Each is judged alone. */
    MULTI_LABEL,
    /** They become a sentence about the image. */
    CAPTION
  }

  public AnswerOptions {
    parents = Map.copyOf(parents);
    if (topK < 1 || !(threshold >= 0f && threshold <= 1f)) {
      throw new IllegalArgumentException("topK is at least 1 and threshold between 0 and 1");
    }
    for (String label : parents.keySet()) {
      if (isAboveItself(label, parents)) {
        throw new IllegalArgumentException("no label may be above itself");
      }
    }
  }

  /** Competing labels without broader ones. */
  public AnswerOptions(int topK, float threshold, String language) {
    this(topK, threshold, language, Mode.SINGLE_LABEL, Map.of());
  }

  private static boolean isAboveItself(String label, Map<String, String> parents) {
    int steps = 0;
    for (String above = parents.get(label); above != null; above = parents.get(above)) {
      if (++steps > parents.size()) {
        return true;
      }
    }
    return false;
  }
}
