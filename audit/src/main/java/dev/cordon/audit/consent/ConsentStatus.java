package dev.cordon.audit.consent;

import java.util.Locale;

/** What a record is worth at an instant; only {@link #GIVEN} permits processing. */
public enum ConsentStatus {
  GIVEN,
  WITHDRAWN,
  EXPIRED;

  /** The name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
