package dev.cordon.sandbox.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** What came of one check. */
public record Result(Check check, Outcome outcome, Optional<Figure> figure) {
  /** How it ended. */
  public enum Outcome {
    PASSED,
    FAILED;

    /** The word in a report. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was measured.
   *
   * @param value not negative; whole, or with three decimals
   * @param unit lower case
   */
  public record Figure(BigDecimal value, String unit) {
    /** A duration. */
    public static Figure millis(long nanos) {
      return new Figure(BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP), "ms");
    }

    /** A number of things. */
    public static Figure count(long number, String unit) {
      return new Figure(BigDecimal.valueOf(number), unit);
    }
  }

  /** The line in a report, without its end. */
  public String line() {
    return check.word()
        + " "
        + outcome.word()
        + figure.map(found -> " " + found.value().toPlainString() + " " + found.unit()).orElse("");
  }
}
