package dev.cordon.core.costs;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What a target charges, for one request or summed over a month.
 *
 * @param nanos of the target's time, where it charges for time
 * @param amount exact, in the currency of the host
 */
public record Charge(Line line, long requests, long bytes, long nanos, BigDecimal amount) {
  /** What charges are summed by. */
  public record Line(YearMonth month, String tenant, String plugin, String model, String target) {}

  /** Both, which must be of one line. */
  Charge plus(Charge other) {
    return new Charge(
        line,
        requests + other.requests,
        bytes + other.bytes,
        nanos + other.nanos,
        amount.add(other.amount));
  }

  /** The month that a call is charged to: the one it began in, by UTC. */
  public static YearMonth month(Instant begun) {
    return YearMonth.from(begun.atOffset(ZoneOffset.UTC));
  }
}
