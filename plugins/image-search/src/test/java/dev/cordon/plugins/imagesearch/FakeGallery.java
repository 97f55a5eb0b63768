package dev.cordon.plugins.imagesearch;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A collection with a fixed ranking for each text; remembers what it was asked. */
final class FakeGallery implements Gallery {
  final List<String> asked = new ArrayList<>();
  final List<Integer> depths = new ArrayList<>();
  private final Map<String, List<Neighbour>> rankings;

  FakeGallery(Map<String, List<Neighbour>> rankings) {
    this.rankings = rankings;
  }

  /** Items named, with falling cosines. */
  static List<Neighbour> ranking(String... items) {
    List<Neighbour> ranking = new ArrayList<>();
    for (String item : items) {
      float cosine = 1f - 0.25f * ranking.size();
      ranking.add(new Neighbour(item, cosine, cosine));
    }
    return ranking;
  }

  Analysis analysis(Question question, AnswerOptions options, boolean hasImage) {
    return new FakeAnalysis(question, options, hasImage, this);
  }

  @Override
  public List<Neighbour> nearest(String text, int k) {
    asked.add(text);
    depths.add(k);
    return rankings.getOrDefault(text, List.of()).stream().limit(k).toList();
  }

  @Override
  public List<Neighbour> nearest(int k) {
    return nearest("", k);
  }

  private record FakeAnalysis(
      Question question, AnswerOptions options, boolean hasImage, Gallery gallery)
      implements Analysis {
    @Override
    public ImageGeometry image() {
      return new ImageGeometry(10, 10);
    }

    @Override
    public ImageQuality quality() {
      throw new AssertionError("a search needs no quality");
    }

    @Override
    public VisionLanguage model() {
      throw new AssertionError("a search compares nothing itself");
    }

    @Override
    public Pixels pixels() throws PluginException {
      throw new AssertionError("a search reads no pixels");
    }
  }
}
