package dev.cordon.models.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Refuses a field that breaks the format, naming the field. */
final class Field {
  private static final Set<String> NO_LICENCE = Set.of("NONE", "NOASSERTION", "UNKNOWN");
  private static final String SPDX_ID = "[A-Za-z0-9][A-Za-z0-9.-]*\\+?";

  private Field() {}

  static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("`" + name + "` is missing");
    }
    return value;
  }

  static String text(String name, String value) {
    if (present(name, value).isBlank()) {
      throw new IllegalArgumentException("`" + name + "` is empty");
    }
    return value;
  }

  /** One line for people. */
  static void line(String name, String value, int most) {
    if (text(name, value).length() > most || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "`" + name + "` is not one line of at most " + most + " characters");
    }
  }

  static void matches(String name, String value, String pattern) {
    if (!present(name, value).matches(pattern)) {
      throw new IllegalArgumentException(
          "`" + name + "` has a form that is not allowed: `" + value + "`");
    }
  }

  static void licence(String name, String value) {
    matches(name, value, SPDX_ID + "( (AND|OR|WITH) " + SPDX_ID + ")*");
    for (String part : value.split(" ")) {
      if (NO_LICENCE.contains(part.toUpperCase(Locale.ROOT))) {
        throw new IllegalArgumentException("`" + name + "` names no licence: `" + value + "`");
      }
    }
  }

  static <T> List<T> list(String name, List<T> values) {
    if (present(name, values).isEmpty() || values.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("`" + name + "` is empty or holds null");
    }
    return List.copyOf(values);
  }

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("`" + name + "` is less than " + least);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("`" + name + "` is not a positive number");
    }
  }
}
