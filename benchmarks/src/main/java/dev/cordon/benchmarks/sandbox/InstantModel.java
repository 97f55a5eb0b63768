package dev.cordon.benchmarks.sandbox;

import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Set;

/** A model that costs nothing, so that what is left is the plugin and its surroundings. */
final class InstantModel implements VisionLanguage {
  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.of("en"), false);
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> texts) {
    float[] cosines = new float[texts.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = (texts.get(i).hashCode() & 0xff) / 1000f;
    }
    return new Found(cosines);
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    throw new PluginException(PluginException.Kind.UNAVAILABLE, "there is no map here");
  }

  private record Found(float[] cosines) implements Similarities {
    @Override
    public int regions() {
      return 1;
    }

    @Override
    public int texts() {
      return cosines.length;
    }

    @Override
    public float cosine(int region, int text) {
      return cosines[text];
    }

    @Override
    public float[] softmax(float[] scores) {
      return scores;
    }

    @Override
    public float probability(float cosine) {
      return cosine;
    }
  }
}
