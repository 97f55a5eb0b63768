package dev.cordon.models.registry;

import java.util.Locale;

/** What was decided about a package; only an active one answers. */
public enum PackageState {
  /** Waits for a review: new, or changed since the last one. */
  STAGED,
  ACTIVE,
  RETIRED;

  /** The name in lower case, as the API and the table have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
