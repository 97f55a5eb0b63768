package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.List;

/** The contract of the SPI for a text. */
class TextPromptsConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new SegmentationPromptsFactory();
  }

  @Override
  protected Question question(List<String> labels) {
    return new Question.Text(labels.getFirst());
  }
}
