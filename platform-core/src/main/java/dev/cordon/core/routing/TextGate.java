package dev.cordon.core.routing;

import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets texts through to the text tower that the screen allows. Those that admission screened
 * already, label by template, are not screened twice.
 */
final class TextGate {
  private final PromptScreen screen;
  private final Set<String> screened;

  TextGate(PromptScreen screen, ScreenedTexts admitted) {
    this.screen = screen;
    this.screened = product(admitted);
  }

  boolean admits(List<String> texts) {
    List<String> unseen = texts.stream().filter(text -> !screened.contains(text)).toList();
    // As a set, so that texts which compete with each other are found like a caller's labels.
    return unseen.isEmpty()
        || screen.screen(ScreenedTexts.ofLabels(unseen)).verdict() == Verdict.ALLOW;
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
