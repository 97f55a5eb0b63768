package dev.cordon.core.routing.fleet;

/**
 * What a tenant may spend on targets in a calendar month (UTC): from {@code soft} on it is warned,
 * what would go over {@code hard} does not leave.
 */
public record Budget(double soft, double hard) {
  public Budget {
    if (!(soft >= 0 && hard >= soft)) {
      throw new IllegalArgumentException("`hard` is less than `soft`, or one is negative");
    }
  }
}
