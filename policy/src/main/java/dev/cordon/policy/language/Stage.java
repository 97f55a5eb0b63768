package dev.cordon.policy.language;

import java.util.Locale;

/** When in a request a rule is asked: before a pixel is decoded, before inference, or after it. */
public enum Stage {
  ADMISSION,
  INPUT,
  OUTPUT;

  /** The word used in packs and conditions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
