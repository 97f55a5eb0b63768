package dev.cordon.core.costs;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant may spend on targets in a calendar month (UTC), in the currency of the host. At the
 * soft limit somebody is told; beyond the hard one nothing is spent.
 */
public record Budget(Optional<BigDecimal> soft, Optional<BigDecimal> hard) {
  /** The limits that are set. */
  Map<Limit, BigDecimal> limits() {
    Map<Limit, BigDecimal> limits = new EnumMap<>(Limit.class);
    soft.ifPresent(amount -> limits.put(Limit.SOFT, amount));
    hard.ifPresent(amount -> limits.put(Limit.HARD, amount));
    return limits;
  }
}
