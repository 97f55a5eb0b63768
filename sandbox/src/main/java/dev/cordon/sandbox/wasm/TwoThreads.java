package dev.cordon.sandbox.wasm;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call on two threads that never run at once: the guest computes on one of its own, which can
 * be ended, and the host works for it on the caller's, whose stack the guest cannot exhaust.
 */
final class TwoThreads {
  private static final long STACK_BYTES = 1 << 20;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration NUDGE = Duration.ofMillis(20);
  private static final Runnable END = () -> {};

  /** One request at a time, and the end. */
  private final BlockingQueue<Runnable> requests = new ArrayBlockingQueue<>(2);

  /** A failure of the host while it worked for the guest. */
  static final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostFailure(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  /** What the host is asked to do. */
  interface Errand<T> {
    T run() throws Exception;
  }

  /**
   * On the caller's thread: runs the guest for so long at most as it computes itself. A timeout or
   * an interrupt of the caller ends it first.
   */
  <T> T run(Callable<T> guest, Duration time)
      throws InterruptedException, TimeoutException, ExecutionException {
    FutureTask<T> work =
        new FutureTask<>(guest) {
          @Override
          protected void done() {
            requests.add(END);
          }
        };
    Thread thread =
        Thread.ofPlatform().daemon().name("cordon-guest").stackSize(STACK_BYTES).start(work);
    try {
      for (long left = time.toNanos(); ; ) {
        long from = System.nanoTime();
        Runnable request = requests.poll(left, TimeUnit.NANOSECONDS);
        left -= System.nanoTime() - from;
        if (request == null) {
          throw new TimeoutException();
        }
        if (request == END) {
          return work.get();
        }
        request.run();
      }
    } finally {
      end(thread);
    }
  }

  /** On the guest's thread: has the caller's do something, and waits for it. */
  <T> T onCaller(Errand<T> errand) {
    FutureTask<T> task = new FutureTask<>(errand::run);
    requests.add(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new HostFailure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFailure(e);
    }
  }

  private static void end(Thread thread) {
    long until = System.nanoTime() + GRACE.toNanos();
    boolean interrupted = false;
    while (thread.isAlive()) {
      if (System.nanoTime() > until) {
        throw new Tripped(Trip.Kind.STUCK);
      }
      thread.interrupt();
      try {
        thread.join(NUDGE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
