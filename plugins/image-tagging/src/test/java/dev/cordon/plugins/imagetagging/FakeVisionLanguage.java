package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;

/** A model whose cosine is a function of the text; remembers what it was asked. */
final class FakeVisionLanguage implements VisionLanguage {
  static final ImageGeometry IMAGE = new ImageGeometry(640, 427);
  private static final double SCALE = 100;

  final Queue<List<String>> asked = new ConcurrentLinkedQueue<>();
  final Queue<Region> regions = new ConcurrentLinkedQueue<>();
  private final ToDoubleFunction<String> cosine;

  FakeVisionLanguage(ToDoubleFunction<String> cosine) {
    this.cosine = cosine;
  }

  Analysis analysis(Question question, AnswerOptions options) {
    return analysis(question, options, new ImageQuality(0.5, 0.2, 0.01));
  }

  Analysis analysis(Question question, AnswerOptions options, ImageQuality quality) {
    return new FakeAnalysis(question, options, IMAGE, quality, this);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.of("en"), false);
  }

  @Override
  public Similarities compare(List<Region> wanted, List<String> texts) {
    asked.add(List.copyOf(texts));
    regions.addAll(wanted);
    return new FakeSimilarities(texts, cosine);
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    throw new PluginException(PluginException.Kind.BAD_QUESTION, "no dense map");
  }

  private record FakeSimilarities(List<String> words, ToDoubleFunction<String> function)
      implements Similarities {
    @Override
    public int regions() {
      return 1;
    }

    @Override
    public int texts() {
      return words.size();
    }

    @Override
    public float cosine(int region, int text) {
      return (float) function.applyAsDouble(words.get(text));
    }

    @Override
    public float[] softmax(float[] cosines) {
      double sum = 0;
      for (float cosine : cosines) {
        sum += Math.exp(SCALE * cosine);
      }
      float[] probabilities = new float[cosines.length];
      for (int i = 0; i < cosines.length; i++) {
        probabilities[i] = (float) (Math.exp(SCALE * cosines[i]) / sum);
      }
      return probabilities;
    }

    @Override
    public float probability(float cosine) {
      return (float) (1 / (1 + Math.exp(-SCALE * cosine)));
    }
  }

  private record FakeAnalysis(
      Question question,
      AnswerOptions options,
      ImageGeometry image,
      ImageQuality quality,
      VisionLanguage model)
      implements Analysis {
    @Override
    public boolean hasImage() {
      return true;
    }

    @Override
    public Gallery gallery() throws PluginException {
      throw new PluginException(PluginException.Kind.NOT_PERMITTED, "no gallery");
    }

    @Override
    public Pixels pixels() throws PluginException {
      throw new PluginException(PluginException.Kind.NOT_PERMITTED, "no pixels");
    }
  }
}
