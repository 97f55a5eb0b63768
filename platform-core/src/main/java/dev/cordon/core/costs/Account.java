package dev.cordon.core.costs;

import java.math.BigDecimal;
import java.util.Map;

/**
 * How a tenant's month stands.
 *
 * @param spent what it has been charged
 * @param told for each limit that was reached, the highest amount that it was told at
 */
public record Account(BigDecimal spent, Map<Limit, BigDecimal> told) {
  /** A month without charges. */
  public static final Account NEW = new Account(BigDecimal.ZERO, Map.of());

  public Account {
    told = Map.copyOf(told);
  }

  /** Whether nothing more is spent under this hard limit. */
  public boolean isExhausted(BigDecimal hard) {
    return spent.compareTo(hard) >= 0 || isTold(Limit.HARD, hard);
  }

  /** Whether the limit is on record as reached, at this amount or at a higher one. */
  boolean isTold(Limit limit, BigDecimal amount) {
    return told.containsKey(limit) && told.get(limit).compareTo(amount) >= 0;
  }

  /** Whether the limit is reached and not on record. */
  boolean isDue(Limit limit, BigDecimal amount) {
    return spent.compareTo(amount) >= 0 && !isTold(limit, amount);
  }
}
