package dev.cordon.spi;

/**
 * How many findings at most, the least score that is reported (0 to 1) and the BCP 47 tag of the
 * answer's language.
 */
public record AnswerOptions(int topK, float threshold, String language) {
  /** Everything, in English. */
  public static final AnswerOptions DEFAULT = new AnswerOptions(Integer.MAX_VALUE, 0f, "en");

  public AnswerOptions {
    if (topK < 1 || !(threshold >= 0f && threshold <= 1f)) {
      throw new IllegalArgumentException("topK is at least 1 and threshold between 0 and 1");
    }
  }
}
