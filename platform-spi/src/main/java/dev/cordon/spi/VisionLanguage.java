package dev.cordon.spi;

import java.util.List;

/**
 * Compares regions of this image with texts. Gives cosine similarities and calibrated
 * probabilities, never embeddings. Every text is screened by the host before it reaches the model.
 */
public interface VisionLanguage {
  /** What the model can do; says neither which model answers nor where it runs. */
  ModelInfo info();

  /** One row a region, one column a text, in the order given. */
  Similarities compare(List<Region> regions, List<String> texts) throws PluginException;

  /**
   * A grid over the whole image, when {@link ModelInfo#denseMap()} holds; otherwise {@code
   * BAD_QUESTION}.
   */
  SimilarityMap map(List<String> texts) throws PluginException;
}
