package dev.cordon.core.routing;

import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Verdict;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Screens every text a plugin sends to the text tower, so that a plugin cannot ask what its caller
 * may not. Texts that admission screened already, label by template, are not screened twice.
 */
final class ScreenedVisionLanguage implements VisionLanguage {
  private final VisionLanguage model;
  private final PromptScreen screen;
  private final Set<String> screened;

  ScreenedVisionLanguage(VisionLanguage model, PromptScreen screen, ScreenedTexts admitted) {
    this.model = model;
    this.screen = screen;
    this.screened = product(admitted);
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
    List<String> unseen = texts.stream().filter(text -> !screened.contains(text)).toList();
    // As a set, so that texts which compete with each other are found like a caller's labels.
    if (!unseen.isEmpty()
        && screen.screen(ScreenedTexts.ofLabels(unseen)).verdict() != Verdict.ALLOW) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, "the plugin asked what its caller may not");
    }
  }

  private static Set<String> product(ScreenedTexts admitted) {
    Set<String> product = new HashSet<>(admitted.labels());
    admitted.text().ifPresent(product::add);
    for (String template : admitted.templates()) {
      for (String label : admitted.labels()) {
        product.add(template.replace("{}", label));
      }
    }
    return product;
  }
}
