package dev.cordon.policy.evaluation;

import java.util.Set;

/** Which jurisdictions bind a call. */
final class Jurisdictions {
  private static final Set<String> EU_MEMBERS =
      Set.of(
          "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
          "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

  private Jurisdictions() {}

  /**
   * Whether one of the rule's jurisdictions is, or contains, one of the call's: `US` contains
   * `US-IL`, `EU` contains its member states and their parts.
   */
  static boolean meet(Set<String> ofRule, Set<String> ofCall) {
    return ofCall.stream()
        .anyMatch(place -> ofRule.stream().anyMatch(area -> contains(area, place)));
  }

  private static boolean contains(String area, String place) {
    var country = place.length() < 2 ? place : place.substring(0, 2);
    return area.equals(place)
        || area.equals(country)
        || (area.equals("EU") && EU_MEMBERS.contains(country));
  }
}
