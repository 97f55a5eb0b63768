package dev.cordon.core.routing.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static void answer(Pace pace, long millis) throws InterruptedException {
    try (Pace.Running running = pace.begin()) {
      Thread.sleep(millis);
      running.answered();
    }
  }

  @Test
  void whatFailedSaysNothingOfHowFastItAnswers() {
    Pace pace = new Pace(1);
    pace.begin().close();
    assertEquals(0, pace.millis());
    assertEquals(0, pace.underWay());
  }

  @Test
  void theNewestCallCountsAFifth() throws InterruptedException {
    Pace pace = new Pace(1);
    answer(pace, 50);
    double first = pace.millis();
    assertTrue(first >= 50, () -> "" + first);
    answer(pace, 0);
    assertTrue(
        pace.millis() > first * 0.8 && pace.millis() < first, () -> first + " " + pace.millis());
  }

  @Test
  void whoeverComesToAFullTargetWaitsLonger() throws InterruptedException {
    Pace pace = new Pace(2);
    answer(pace, 10);
    double alone = pace.expectedMillis();
    assertEquals(pace.millis(), alone);
    try (var _ = pace.begin();
        var _ = pace.begin()) {
      assertEquals(2, pace.underWay());
      assertEquals(2 * alone, pace.expectedMillis(), 1e-9);
    }
  }
}
