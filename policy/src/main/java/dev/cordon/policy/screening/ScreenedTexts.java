package dev.cordon.policy.screening;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** Every text of one call that a text tower could see; {@code {}} in a template is the label. */
public record ScreenedTexts(List<String> labels, List<String> templates, Optional<String> text) {
  public ScreenedTexts {
    labels = List.copyOf(labels);
    templates = List.copyOf(templates);
    requireNonNull(text);
  }

  /** Labels alone, put into the default template by the host. */
  public static ScreenedTexts ofLabels(List<String> labels) {
    return new ScreenedTexts(labels, List.of(), Optional.empty());
  }

  /** Nothing to screen but one free text. */
  public static ScreenedTexts ofText(String text) {
    return new ScreenedTexts(List.of(), List.of(), Optional.of(text));
  }
}
