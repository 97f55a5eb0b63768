package dev.cordon.spi.conformance;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model without weights: the cosine of a region and a text is a function given to it. It refuses
 * what the host refuses, and remembers what it was asked.
 */
public final class SimulatedModel implements VisionLanguage {
  /** Cells of its map along each side. */
  public static final int GRID = 14;

  private static final double SCALE = 20;
  private static final double BIAS = -4;

  private final ImageGeometry image;
  private final World world;
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();

  /** The cosine of a region with a text; may throw what a host's model throws. */
  public interface World {
    double cosine(Region region, String text) throws PluginException;
  }

  public SimulatedModel(ImageGeometry image, World world) {
    this.image = image;
    this.world = world;
  }

  /** Every text that was asked, in order. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.of("en"), true);
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> asked) throws PluginException {
    if (regions.isEmpty() || !regions.stream().allMatch(region -> region.isInside(image))) {
      throw new PluginException(
          PluginException.Kind.BAD_QUESTION, "a region lies outside the image");
    }
    return new Computed(asked.size(), cosines(regions, asked));
  }

  @Override
  public SimilarityMap map(List<String> asked) throws PluginException {
    List<Region> cells =
        java.util.stream.IntStream.range(0, GRID * GRID)
            .mapToObj(i -> cell(i / GRID, i % GRID))
            .toList();
    return new Cells(asked.size(), cosines(cells, asked));
  }

  private Region cell(int row, int column) {
    int x = column * image.width() / GRID;
    int y = row * image.height() / GRID;
    int width = Math.max(1, (column + 1) * image.width() / GRID - x);
    int height = Math.max(1, (row + 1) * image.height() / GRID - y);
    return new Region(x, y, width, height);
  }

  private float[] cosines(List<Region> regions, List<String> asked) throws PluginException {
    if (asked.isEmpty()) {
      throw new PluginException(PluginException.Kind.BAD_QUESTION, "no text is asked for");
    }
    texts.addAll(asked);
    float[] cosines = new float[regions.size() * asked.size()];
    int at = 0;
    for (Region region : regions) {
      for (String text : asked) {
        cosines[at++] = (float) world.cosine(region, text);
      }
    }
    return cosines;
  }

  private record Cells(int texts, float[] cosines) implements SimilarityMap {
    @Override
    public int rows() {
      return GRID;
    }

    @Override
    public int columns() {
      return GRID;
    }

    @Override
    public float cosine(int row, int column, int text) {
      return cosines[(row * GRID + column) * texts + text];
    }
  }

  private record Computed(int texts, float[] cosines) implements Similarities {
    @Override
    public int regions() {
      return cosines.length / texts;
    }

    @Override
    public float cosine(int region, int text) {
      return cosines[region * texts + text];
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
