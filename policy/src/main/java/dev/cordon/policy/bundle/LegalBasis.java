package dev.cordon.policy.bundle;

import java.util.Locale;

/** The legal basis of a purpose, as in Regulation (EU) 2016/679 Art. 6(1)(a) to (f). */
public enum LegalBasis {
  CONSENT,
  CONTRACT,
  LEGAL_OBLIGATION,
  VITAL_INTERESTS,
  PUBLIC_TASK,
  LEGITIMATE_INTERESTS;

  /** The word used in packs and conditions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
