package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;

class ObjectDetectionConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new ObjectDetectionFactory();
  }
}
