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
   * A grid over the whole image. A model without one of its own may compare overlapping crops
   * instead; one that can do neither says so in {@link ModelInfo#denseMap()} and refuses.
   */
  SimilarityMap map(List<String> texts) throws PluginException;
}
