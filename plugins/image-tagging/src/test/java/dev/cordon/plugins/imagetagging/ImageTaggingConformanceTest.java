package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract of the SPI in each of the plugin's modes. */
class ImageTaggingConformanceTest {
  @Nested
  class Competing extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageTaggingFactory();
    }
  }

  @Nested
  class EachAlone extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageTaggingFactory();
    }

    @Override
    protected AnswerOptions options(int topK, float threshold) {
      return new AnswerOptions(topK, threshold, "en", Mode.MULTI_LABEL, Map.of());
    }
  }

  @Nested
  class InASentence extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageTaggingFactory();
    }

    @Override
    protected AnswerOptions options(int topK, float threshold) {
      return new AnswerOptions(topK, threshold, "en", Mode.CAPTION, Map.of());
    }
  }
}
