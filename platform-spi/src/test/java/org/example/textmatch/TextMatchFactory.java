package org.example.textmatch;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.Question;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import java.util.List;
import java.util.Set;

/** Says how probable it is that a text describes the image. */
public final class TextMatchFactory implements VisionPluginFactory {
  @Override
  public PluginDescriptor descriptor() {
    return new PluginDescriptor(
        "text-match",
        "1.0.0",
        PluginDescriptor.SPI_VERSION,
        "text-match",
        Set.of(Permission.SIMILARITIES));
  }

  @Override
  public VisionPlugin create(PluginSettings settings) {
    settings.requireOnly("text-match", Set.of());
    return new TextMatch();
  }

  private static final class TextMatch implements VisionPlugin {
    @Override
    public List<Finding> analyse(Analysis analysis) throws PluginException {
      return switch (analysis.question()) {
        case Question.Text(String text) -> match(text, analysis);
        case Question.Labels _, Question.Open _ ->
            throw new PluginException(PluginException.Kind.BAD_QUESTION, "text-match needs a text");
      };
    }

    private static List<Finding> match(String text, Analysis analysis) throws PluginException {
      Similarities similarities =
          analysis.model().compare(List.of(analysis.image().whole()), List.of(text));
      float score = similarities.probability(similarities.cosine(0, 0));
      if (!Float.isFinite(score)) {
        throw new PluginException(PluginException.Kind.FAULT, "the model gave no number");
      }
      return score < analysis.options().threshold()
          ? List.of()
          : List.of(new Finding.Caption(text, score, analysis.options().language()));
    }

    @Override
    public void close() {}
  }
}
