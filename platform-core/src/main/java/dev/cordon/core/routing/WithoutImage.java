package dev.cordon.core.routing;

import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;

/** The handle of a call that has no image to compare with. */
record WithoutImage(ModelInfo info) implements VisionLanguage {
  @Override
  public Similarities compare(List<Region> regions, List<String> texts) throws PluginException {
    throw refusal();
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    throw refusal();
  }

  private static PluginException refusal() {
    return new PluginException(Kind.BAD_QUESTION, "the question comes without an image");
  }
}
