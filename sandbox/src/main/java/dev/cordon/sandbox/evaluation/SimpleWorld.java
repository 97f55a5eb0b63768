package dev.cordon.sandbox.evaluation;

import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Set;

/** A model to which a text is as similar everywhere as a function says. */
record SimpleWorld(Cosine world) implements VisionLanguage {
  private static final int GRID = 14;
  private static final double SCALE = 20;
  private static final double BIAS = -4;

  /** May throw what a host's model throws. */
  interface Cosine {
    double of(String text) throws PluginException;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.of("en"), true);
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> texts) throws PluginException {
    return new Computed(regions.size(), cosines(texts));
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    return new Even(cosines(texts));
  }

  private float[] cosines(List<String> texts) throws PluginException {
    float[] cosines = new float[texts.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = (float) world.of(texts.get(i));
    }
    return cosines;
  }

  private record Even(float[] cosines) implements SimilarityMap {
    @Override
    public int rows() {
      return GRID;
    }

    @Override
    public int columns() {
      return GRID;
    }

    @Override
    public int texts() {
      return cosines.length;
    }

    @Override
    public float cosine(int row, int column, int text) {
      return cosines[text];
    }
  }

  private record Computed(int regions, float[] cosines) implements Similarities {
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
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(SCALE * score);
      }
      float[] probabilities = new float[scores.length];
      for (int i = 0; i < scores.length; i++) {
        probabilities[i] = (float) (Math.exp(SCALE * scores[i]) / sum);
      }
      return probabilities;
    }

    @Override
    public float probability(float cosine) {
      return (float) (1 / (1 + Math.exp(-SCALE * cosine - BIAS)));
    }
  }
}
