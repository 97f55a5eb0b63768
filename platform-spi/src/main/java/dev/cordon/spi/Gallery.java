package dev.cordon.spi;

import java.util.List;

/**
 * The collection that a call searches. The host compares and keeps the vectors; a plugin sees names
 * of items with similarities, best first and k at most.
 */
public interface Gallery {
  /** Items that a text describes. Screened like every text. */
  List<Neighbour> nearest(String text, int k) throws PluginException;

  /** Items that look like this image; refused where the call has none. */
  List<Neighbour> nearest(int k) throws PluginException;

  /**
   * One item with its cosine in [-1, 1] and a probability in [0, 1]: calibrated by the model's
   * package for a text; for an image, whose likeness no package calibrates, the cosine or 0.
   */
  record Neighbour(String item, float cosine, float probability) {}
}
