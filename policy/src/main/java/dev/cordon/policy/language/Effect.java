package dev.cordon.policy.language;

import java.util.Locale;

/** What a rule or a decision does; a deny beats a review, a review beats a permit. */
public enum Effect {
  PERMIT,
  DENY,
  REVIEW;

  /** The word used in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
