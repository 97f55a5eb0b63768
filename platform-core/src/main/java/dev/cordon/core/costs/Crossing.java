package dev.cordon.core.costs;

import java.math.BigDecimal;
import java.time.YearMonth;

/** That a tenant's month reached a limit. */
record Crossing(YearMonth month, String tenant, Limit limit, BigDecimal amount) {
  /** What its leaf commits to. */
  String text() {
    return month + " " + tenant + " " + limit.word() + " " + amount.toPlainString();
  }
}
