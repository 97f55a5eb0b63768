package dev.cordon.models.oip;

import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.spi.PluginException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One call's time, which all its attempts share: the caller's deadline and the target's limit. */
final class Call {
  private final Cancellation caller;

  /** Shared by the attempts. */
  private final AtomicLong end;

  private final String token;

  private Call(Cancellation caller, AtomicLong end, String token) {
    this.caller = caller;
    this.end = end;
    this.token = token;
  }

  static Call of(Cancellation caller, Duration most) {
    return new Call(caller, new AtomicLong(System.nanoTime() + most.toNanos()), null);
  }

  /** Something that has to be done first and is not the target's fault. */
  interface First<T> {
    T get() throws PluginException;
  }

  /** Does it, and ends as much later where the caller has the time. */
  <T> T asLate(First<T> first) throws PluginException {
    long begun = System.nanoTime();
    T got = first.get();
    end.addAndGet(System.nanoTime() - begun);
    return got;
  }

  /** The same call with a bearer token, which may be null. */
  Call with(String bearer) {
    return new Call(caller, end, bearer);
  }

  /** Null where the target takes none. */
  String token() {
    return token;
  }

  /** What is left; a call without time is refused. */
  Duration remaining() throws TargetException {
    Duration left = left();
    if (left.isZero()) {
      throw over();
    }
    return left;
  }

  private Duration left() {
    return caller.remaining(Duration.ofNanos(Math.max(0, end.get() - System.nanoTime())));
  }

  /** Waits for the future as long as this call has time, then cancels it. */
  <T> T await(Future<T> future) throws TargetException, ExecutionException {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    caller.whenCancelled(() -> gone.complete(null));
    gone.thenRun(() -> future.cancel(true));
    try {
      return future.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw over();
    } catch (TimeoutException | CancellationException _) {
      throw over();
    } finally {
      future.cancel(true);
    }
  }

  /** Pauses between attempts; false when the call has not that much time left. */
  boolean pause(Duration time) throws TargetException {
    if (left().compareTo(time) <= 0) {
      return false;
    }
    CountDownLatch gone = new CountDownLatch(1);
    caller.whenCancelled(gone::countDown);
    try {
      if (gone.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw over();
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw over();
    }
  }

  static TargetException over() {
    return new TargetException(Kind.CANCELLED, "the call ran out of time or was cancelled");
  }
}
