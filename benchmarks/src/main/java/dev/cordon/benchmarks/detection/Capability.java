package dev.cordon.benchmarks.detection;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionLanguage;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import java.util.List;
import java.util.ServiceLoader;

/** A plugin as the host loads it, asked without the host. */
public record Capability(VisionPlugin plugin) {
  private static final List<String> TEMPLATE = List.of("a photo of a {}");

  static Capability named(String name) {
    return ServiceLoader.load(VisionPluginFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.descriptor().capability().equals(name))
        .map(factory -> new Capability(factory.create(PluginSettings.NONE)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no plugin offers `" + name + "`"));
  }

  /** Asks about labels. */
  public List<Finding> ask(ImageGeometry image, VisionLanguage model, List<String> labels)
      throws PluginException {
    return ask(image, model, new Question.Labels(labels, TEMPLATE));
  }

  /** Asks anything. */
  public List<Finding> ask(ImageGeometry image, VisionLanguage model, Question question)
      throws PluginException {
    return plugin.analyse(new Asked(question, image, model));
  }

  private record Asked(Question question, ImageGeometry image, VisionLanguage model)
      implements Analysis {
    @Override
    public AnswerOptions options() {
      return AnswerOptions.DEFAULT;
    }

    @Override
    public boolean hasImage() {
      return true;
    }

    @Override
    public ImageQuality quality() {
      return new ImageQuality(0.5, 0.25, 0.05);
    }

    @Override
    public Pixels pixels() throws PluginException {
      throw new PluginException(Kind.NOT_PERMITTED, "no pixels here");
    }

    @Override
    public Gallery gallery() throws PluginException {
      throw new PluginException(Kind.NOT_PERMITTED, "no gallery here");
    }
  }
}
