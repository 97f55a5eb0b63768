package dev.cordon.core.routing;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.spi.PluginException;

/**
 * The vectors of one call by the model that answers it, for this host's collections alone: no
 * plugin and no answer ever holds one.
 */
public interface Embedding {
  /** What the vectors may be compared with. */
  VectorSpace space();

  /** The vector of the call's image; refused where it has none. */
  UnitVector image() throws PluginException;

  /** The vector of a text; refused when its caller may not ask it. */
  UnitVector text(String text) throws PluginException;

  /** Probability that a text with this cosine applies, as the package is calibrated. */
  float probability(float cosine);
}
