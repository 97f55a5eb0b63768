package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.Map;

/** The contract of the SPI where labels become a sentence. */
class CaptionConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new ImageTaggingFactory();
  }

  @Override
  protected AnswerOptions options(int topK, float threshold) {
    return new AnswerOptions(topK, threshold, "en", Mode.CAPTION, Map.of());
  }
}
