package dev.cordon.sandbox.pack;

import java.util.List;
import java.util.Optional;

/**
 * One setting that an operator may give a plugin.
 *
 * @param name lower case with hyphens
 * @param description one line for the operator
 * @param fallback the value when none is given, or null where one must be
 * @param least of a number, or null
 * @param most of a number, or null
 * @param choices of a choice, else empty
 */
public record Setting(
    String name,
    Type type,
    String description,
    String fallback,
    Double least,
    Double most,
    List<String> choices) {
  private static final int MOST_TEXT = 1000;

  /** What a value may be. */
  public enum Type {
    TEXT,
    NUMBER,
    INTEGER,
    CHOICE
  }

  public Setting {
    choices = List.copyOf(choices);
  }

  /** What is wrong with a value, if anything. */
  Optional<String> fault(String value) {
    return switch (type) {
      case TEXT -> value.length() <= MOST_TEXT ? Optional.empty() : Optional.of("is too long");
      case CHOICE ->
          choices.contains(value)
              ? Optional.empty()
              : Optional.of("is none of " + String.join(", ", choices));
      case INTEGER -> value.matches("-?[0-9]{1,9}") ? range(value) : Optional.of("is no integer");
      case NUMBER ->
          value.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")
              ? range(value)
              : Optional.of("is no number");
    };
  }

  private Optional<String> range(String value) {
    double number = Double.parseDouble(value);
    if (least != null && number < least) {
      return Optional.of("is less than " + least);
    }
    return most != null && number > most ? Optional.of("is more than " + most) : Optional.empty();
  }
}
