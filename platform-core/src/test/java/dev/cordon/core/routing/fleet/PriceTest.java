package dev.cordon.core.routing.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Money is exact: what binary floating point would round is not rounded. */
class PriceTest {
  private static Price price(String call, String second, String gigabyte) {
    return new Price(new BigDecimal(call), new BigDecimal(second), new BigDecimal(gigabyte));
  }

  private static void assertAmount(String expected, BigDecimal amount) {
    assertEquals(0, new BigDecimal(expected).compareTo(amount), amount::toPlainString);
  }

  @Test
  void tenCallsOfATenthAreOne() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.add(price("0.1", "0", "0").toSend(0));
    }
    assertAmount("1", sum);
  }

  @Test
  void aByteAndANanosecondHaveTheirPrice() {
    Price price = price("0.0002", "0.01", "0.05");
    assertAmount("0.00020000005", price.toSend(1));
    assertAmount("0.00000000001", price.toUse(1));
    assertAmount("50.0002", price.toSend(1_000_000_000_000L));
    assertAmount("36", price.toUse(3_600_000_000_000L));
  }

  @Test
  void aComparisonKnowsAllThatATargetCharges() {
    assertEquals(0.1 + 0.5 + 0.25, price("0.1", "1", "0.5").expected(500, 500_000_000), 1e-12);
  }

  @Test
  void onlyWhatCanCostNothingIsFree() {
    assertTrue(Price.FREE.isFree());
    assertTrue(price("0.00", "0", "0.000").isFree());
    assertFalse(price("0.1", "0", "0").isFree());
    assertFalse(price("0", "0.1", "0").isFree());
    assertFalse(price("0", "0", "0.1").isFree());
  }
}
