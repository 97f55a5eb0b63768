package dev.cordon.core.routing.fleet;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How fast a target has been lately, as a moving average, and how much it has to do now. */
public final class Pace {
  private static final double NEWEST = 0.2;

  private final int lanes;
  private final AtomicInteger underWay = new AtomicInteger();
  private double millis;
  private boolean isMeasured;

  /**
   * @param lanes calls that are taken to be answered side by side
   */
  public Pace(int lanes) {
    this.lanes = lanes;
  }

  /** A call that is under way until it is closed. */
  public Running begin() {
    underWay.incrementAndGet();
    return new Running(System.nanoTime());
  }

  /** One call; what failed says nothing of how fast the target answers. */
  public final class Running implements AutoCloseable {
    private final long start;
    private boolean isAnswered;

    private Running(long start) {
      this.start = start;
    }

    public void answered() {
      isAnswered = true;
    }

    @Override
    public void close() {
      underWay.decrementAndGet();
      if (isAnswered) {
        measured((System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  private synchronized void measured(double time) {
    millis = isMeasured ? millis + NEWEST * (time - millis) : time;
    isMeasured = true;
  }

  /** The average of what was answered; 0 before the first. */
  public synchronized double millis() {
    return millis;
  }

  public int underWay() {
    return underWay.get();
  }

  /** How long the next call is expected to take. */
  public double expectedMillis() {
    return millis() * (1 + (double) underWay() / lanes);
  }
}
