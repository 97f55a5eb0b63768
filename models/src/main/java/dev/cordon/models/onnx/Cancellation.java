package dev.cordon.models.onnx;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends the runs of one call early, by its deadline or because nobody waits for the answer any more.
 * Thread-safe; closing it takes the deadline away.
 */
public final class Cancellation implements AutoCloseable {
  private static final long NEVER = Long.MIN_VALUE;

  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  private final long deadline;

  private Cancellation(long deadline) {
    this.deadline = deadline;
  }

  /** A call without a deadline. */
  public static Cancellation none() {
    return new Cancellation(NEVER);
  }

  /** A call that is cancelled by itself once the time is over. */
  public static Cancellation after(Duration time) {
    Cancellation call = new Cancellation(System.nanoTime() + time.toNanos());
    call.end.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS);
    return call;
  }

  /** Ends what runs or waits for this call; harmless when it is over. */
  public void cancel() {
    end.complete(true);
  }

  public boolean isCancelled() {
    return end.isDone() ? end.join() : deadline != NEVER && deadline - System.nanoTime() <= 0;
  }

  /** The time that is left, never negative; at most {@code most}, which a call without end has. */
  public Duration remaining(Duration most) {
    if (isCancelled()) {
      return Duration.ZERO;
    }
    long left = deadline == NEVER ? most.toNanos() : deadline - System.nanoTime();
    return Duration.ofNanos(Math.clamp(left, 0, most.toNanos()));
  }

  /** Runs the action once when, or if already, cancelled; must be short and not fail. */
  public void whenCancelled(Runnable action) {
    end.thenAccept(
        cancelled -> {
          if (cancelled) {
            action.run();
          }
        });
  }

  @Override
  public void close() {
    end.complete(false);
  }
}
