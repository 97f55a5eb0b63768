package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;

/** The contract of the SPI where labels compete. */
class SingleLabelConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new ImageTaggingFactory();
  }
}
