package dev.cordon.core.routing.fleet;

import java.math.BigDecimal;

/** What a target costs, in the currency of the host; exact, and nothing where it is zero. */
public record Price(BigDecimal perCall, BigDecimal perSecond, BigDecimal perGigabyte) {
  /** A gigabyte has so many bytes, and a second so many nanoseconds, as a power of ten. */
  private static final int BILLION = 9;

  /** Costs nothing. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** What sending so many bytes costs, however long the answer takes. */
  public BigDecimal toSend(long bytes) {
    return perCall.add(perGigabyte.multiply(BigDecimal.valueOf(bytes, BILLION)));
  }

  /** What so much of the target's time costs. */
  public BigDecimal toUse(long nanos) {
    return perSecond.multiply(BigDecimal.valueOf(nanos, BILLION));
  }

  /** Whether a call can cost nothing there. */
  public boolean isFree() {
    return perCall.signum() == 0 && perSecond.signum() == 0 && perGigabyte.signum() == 0;
  }

  /** About what one request of this length and so many bytes costs, for comparisons. */
  double expected(double millis, long bytes) {
    return perCall.doubleValue()
        + perSecond.doubleValue() * millis / 1000
        + perGigabyte.doubleValue() * bytes / 1e9;
  }
}
