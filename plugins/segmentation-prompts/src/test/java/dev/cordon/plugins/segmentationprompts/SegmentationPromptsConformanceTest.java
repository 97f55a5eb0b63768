package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of the SPI for labels and for a text. */
class SegmentationPromptsConformanceTest {
  @Nested
  class OfLabels extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new SegmentationPromptsFactory();
    }
  }

  @Nested
  class OfAText extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new SegmentationPromptsFactory();
    }

    @Override
    protected Question question(List<String> labels) {
      return new Question.Text(labels.getFirst());
    }
  }
}
