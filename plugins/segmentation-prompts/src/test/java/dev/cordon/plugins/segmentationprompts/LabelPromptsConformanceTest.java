package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;

/** The contract of the SPI for labels. */
class LabelPromptsConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new SegmentationPromptsFactory();
  }
}
