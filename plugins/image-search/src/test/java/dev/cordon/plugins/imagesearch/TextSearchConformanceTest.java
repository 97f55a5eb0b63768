package dev.cordon.plugins.imagesearch;

import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.List;

/** The contract of the SPI for a text. */
class TextSearchConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new ImageSearchFactory();
  }

  @Override
  protected Question question(List<String> labels) {
    return new Question.Text(labels.getFirst());
  }
}
