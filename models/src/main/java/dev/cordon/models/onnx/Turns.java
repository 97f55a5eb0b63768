package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many runs of a companion go at once and the others wait, no longer than their calls last.
 * Safe for many threads; once closed every run is refused as unavailable.
 */
final class Turns {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final String whose;
  private final int runs;
  private final Semaphore room;
  private volatile boolean closed;

  Turns(String whose, OnnxOptions options) {
    this.whose = whose;
    this.runs = options.runs();
    this.room = new Semaphore(runs, true);
  }

  interface Work<T> {
    T run(OrtSession.RunOptions how) throws OrtException, PluginException;
  }

  /** Waits for its turn; a cancelled call ends its run. */
  <T> T run(Cancellation call, Work<T> work) throws PluginException {
    enter(call);
    try (Stoppable run = new Stoppable()) {
      call.whenCancelled(run::stop);
      T result = work.run(run.options());
      if (call.isCancelled()) {
        throw cancelled();
      }
      return result;
    } catch (OrtException e) {
      if (call.isCancelled()) {
        throw cancelled();
      }
      throw new PluginException(Kind.FAULT, whose + " failed with " + e.getCode());
    } finally {
      room.release();
    }
  }

  private void enter(Cancellation call) throws PluginException {
    try {
      long most = call.remaining(LONGEST_WAIT).toMillis();
      if (!room.tryAcquire(most, TimeUnit.MILLISECONDS)) {
        throw cancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
    if (closed) {
      room.release();
      throw new PluginException(Kind.UNAVAILABLE, whose + " is closed");
    }
  }

  private static PluginException cancelled() {
    return new PluginException(Kind.CANCELLED, "the call was cancelled");
  }

  /** Waits for running calls, then frees what the runtime holds, once. */
  void close(Runnable free) {
    if (closed) {
      return;
    }
    closed = true;
    room.acquireUninterruptibly(runs);
    free.run();
    room.release(runs);
  }
}
