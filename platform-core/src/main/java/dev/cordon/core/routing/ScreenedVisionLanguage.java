package dev.cordon.core.routing;

import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.List;

/**
 * Screens every text a plugin sends to the text tower, so that a plugin cannot ask what its caller
 * may not.
 */
final class ScreenedVisionLanguage implements VisionLanguage {
  private final VisionLanguage model;
  private final TextGate gate;

  ScreenedVisionLanguage(VisionLanguage model, PromptScreen screen, ScreenedTexts admitted) {
    this(model, new TextGate(screen, admitted));
  }

  ScreenedVisionLanguage(VisionLanguage model, TextGate gate) {
    this.model = model;
    this.gate = gate;
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> texts) throws PluginException {
    check(texts);
    return model.compare(regions, texts);
  }

  @Override
  public SimilarityMap map(List<String> texts) throws PluginException {
    check(texts);
    return model.map(texts);
  }

  private void check(List<String> texts) throws PluginException {
    if (!gate.admits(texts)) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, "the plugin asked what its caller may not");
    }
  }
}
