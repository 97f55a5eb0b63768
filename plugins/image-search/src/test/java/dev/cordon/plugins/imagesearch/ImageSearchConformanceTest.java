package dev.cordon.plugins.imagesearch;

import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.VisionPluginConformance;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of the SPI for each kind of question. */
class ImageSearchConformanceTest {
  @Nested
  class ByText extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageSearchFactory();
    }

    @Override
    protected Question question(List<String> labels) {
      return new Question.Text(labels.getFirst());
    }
  }

  @Nested
  class ByPage extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageSearchFactory();
    }

    @Override
    protected Question question(List<String> labels) {
      return new Question.Text(String.join(".\n", new LinkedHashSet<>(labels)));
    }
  }

  @Nested
  class ByImage extends VisionPluginConformance {
    @Override
    protected VisionPluginFactory factory() {
      return new ImageSearchFactory();
    }

    @Override
    protected Question question(List<String> labels) {
      return new Question.Open();
    }
  }
}
