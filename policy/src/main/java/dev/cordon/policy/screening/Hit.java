package dev.cordon.policy.screening;

import static java.util.Objects.requireNonNull;

/**
 * One finding of the screen: its category, the kind of evidence and the place (such as {@code
 * labels[3]}); never a piece of the text.
 */
public record Hit(String category, String signal, String where) {
  public Hit {
    requireNonNull(category);
    requireNonNull(signal);
    requireNonNull(where);
  }
}
