package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import dev.cordon.spi.conformance.SimulatedAnalysis;
import dev.cordon.spi.conformance.SimulatedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image with things in known places: the cosine of a region with a thing's prompt grows with the
 * part of the region that the thing fills. Remembers the regions of each comparison.
 */
record Scene(ImageGeometry image, Map<String, List<Region>> things, List<List<Region>> compared)
    implements VisionLanguage {
  static final List<String> TEMPLATE = List.of("a photo of a {}");
  private static final double NOTHING = 0.05;
  private static final double MOST = 0.5;

  static Scene of(ImageGeometry image, Map<String, List<Region>> things) {
    return new Scene(image, things, new ArrayList<>());
  }

  private SimulatedModel model() {
    return new SimulatedModel(image, this::cosine);
  }

  private double cosine(Region region, String text) {
    double filled = 0;
    for (var thing : things.entrySet()) {
      if (text.equals("a photo of a " + thing.getKey())) {
        for (Region place : thing.getValue()) {
          filled += common(region, place);
        }
      }
    }
    double size = (double) region.width() * region.height();
    return NOTHING + (MOST - NOTHING) * Math.sqrt(Math.min(1, filled / size));
  }

  private static double common(Region a, Region b) {
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    return Math.max(0, width) * Math.max(0, height);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.of("en"), true);
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> texts) throws PluginException {
    compared.add(regions);
    return model().compare(regions, texts);
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    return model().map(texts);
  }

  List<Finding> ask(AnswerOptions options, String... labels) throws PluginException {
    return ask(new Question.Labels(List.of(labels), TEMPLATE), options);
  }

  List<Finding> ask(Question question, AnswerOptions options) throws PluginException {
    return ask(question, options, List.of());
  }

  /** On a host that proposes regions. */
  List<Finding> ask(Question question, AnswerOptions options, List<Region> proposed)
      throws PluginException {
    ObjectDetectionFactory factory = new ObjectDetectionFactory();
    try (var plugin = factory.create(dev.cordon.spi.PluginSettings.NONE)) {
      return plugin.analyse(
          new SimulatedAnalysis(
              question, options, image, this, factory.descriptor().permissions(), proposed));
    }
  }
}
