package dev.cordon.policy.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The closed vocabularies and shapes of values in a pack. */
final class Words {
  static final Set<String> AREAS =
      Set.of(
          "retail",
          "warehouse",
          "workplace",
          "education",
          "healthcare",
          "manufacturing",
          "public_space",
          "home",
          "employment",
          "credit",
          "law_enforcement",
          "unknown");

  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /** Obligation types follow AuthZEN, which has both hyphens and underscores. */
  static final Pattern DUTY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");
  static final Pattern JURISDICTION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

  /** One licence, with its exception where it has one; never a choice of several. */
  static final Pattern LICENCE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,99}( WITH [A-Za-z0-9][A-Za-z0-9.-]{0,99})?");

  private Words() {}

  static String matching(YamlElement element, Pattern shape, String what)
      throws PolicyLoadException {
    var text = element.text();
    if (!shape.matcher(text).matches()) {
      throw element.error("`" + text + "` is not " + what + " (" + shape.pattern() + ")");
    }
    return text;
  }

  static String id(YamlElement element) throws PolicyLoadException {
    return matching(element, ID, "an id");
  }

  static Set<String> ids(Optional<YamlElement> list) throws PolicyLoadException {
    return set(list, ID, "an id");
  }

  static Set<String> jurisdictions(Optional<YamlElement> list) throws PolicyLoadException {
    return set(list, JURISDICTION, "`EU` or an ISO 3166 code");
  }

  static Set<String> areas(Optional<YamlElement> list) throws PolicyLoadException {
    var areas = new LinkedHashSet<String>();
    if (list.isPresent()) {
      for (var item : list.get().items()) {
        if (!AREAS.contains(item.text())) {
          throw item.error("unknown area `" + item.text() + "`");
        }
        areas.add(item.text());
      }
    }
    return areas;
  }

  /** A list that is there and empty allows nothing. */
  static Optional<Set<String>> licences(Optional<YamlElement> list) throws PolicyLoadException {
    return list.isEmpty() ? Optional.empty() : Optional.of(set(list, LICENCE, "one SPDX licence"));
  }

  private static Set<String> set(Optional<YamlElement> list, Pattern shape, String what)
      throws PolicyLoadException {
    var values = new LinkedHashSet<String>();
    if (list.isPresent()) {
      for (var item : list.get().items()) {
        values.add(matching(item, shape, what));
      }
    }
    return values;
  }

  /** A day (its first moment in UTC) or an RFC 3339 instant in UTC. */
  static Optional<Instant> time(Optional<YamlElement> element) throws PolicyLoadException {
    if (element.isEmpty()) {
      return Optional.empty();
    }
    var text = element.get().text();
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeException e) {
      throw element.get().error("`" + text + "` is not a date such as 2027-12-02", e);
    }
  }
}
