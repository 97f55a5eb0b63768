package org.example.textmatch;

import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.List;

/** The example of the specification holds the contract too. */
class TextMatchConformanceTest extends VisionPluginConformance {
  @Override
  protected VisionPluginFactory factory() {
    return new TextMatchFactory();
  }

  @Override
  protected Question question(List<String> labels) {
    return new Question.Text(labels.getFirst());
  }
}
