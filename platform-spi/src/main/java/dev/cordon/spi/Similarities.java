package dev.cordon.spi;

/**
 * Similarities of R regions with T texts: cosines in [-1, 1], and probabilities by the calibration
 * of the model's package (softmax over logit-scaled cosines; sigmoid of scale times cosine plus
 * bias).
 */
public interface Similarities {
  /** Number of regions R. */
  int regions();

  /** Number of texts T. */
  int texts();

  /** Cosine similarity of one region with one text. */
  float cosine(int region, int text);

  /**
   * Probabilities that sum to 1 over scores that are cosines, or means of cosines, of competing
   * texts.
   */
  float[] softmax(float[] cosines);

  /** Probability that a text with this cosine applies, whatever other texts there are. */
  float probability(float cosine);
}
