package dev.cordon.models.oip;

import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.spi.PluginException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request that is sent a second time, to the same target, when its answer is slow to come; the
 * first answer counts and the other request is ended (J. Dean, L. A. Barroso, The Tail at Scale,
 * 2013). Departures are told by the thread that asks, so whoever keeps the books needs no lock; an
 * answer that comes while the second one is told of waits for that.
 */
final class Hedge {
  private final Inference.Transport transport;
  private final Inference inference;
  private final Departure departure;
  private final Call call;
  private final BlockingQueue<Copy> ended = new LinkedBlockingQueue<>();
  private final List<Copy> copies = new ArrayList<>();

  Hedge(Inference.Transport transport, Inference inference, Departure departure, Call call) {
    this.transport = transport;
    this.inference = inference;
    this.departure = departure;
    this.call = call;
  }

  /** The first answer, or the last failure. */
  Values first(Duration after) throws TargetException, PluginException {
    try {
      copies.add(new Copy());
      Copy first = ended.poll(after.toNanos(), TimeUnit.NANOSECONDS);
      if (first == null) {
        sendAgain();
        first = ended.take();
      }
      first.close();
      return first.hasAnswered() || copies.size() == 1 ? first.answer() : ended.take().answer();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Call.over();
    } finally {
      copies.forEach(Copy::close);
    }
  }

  /** A second copy that may not leave, or cannot be told of, is not sent. */
  private void sendAgain() {
    try {
      copies.add(new Copy());
    } catch (PluginException | RuntimeException _) {
      // A budget that is spent, or a log that is gone: the first copy goes on.
    }
  }

  /** One request under way. */
  private final class Copy implements AutoCloseable {
    private final Departure.Stay stay;
    private final long sent;
    private final Thread thread;
    private volatile long took;
    private Values values;
    private TargetException failure;
    private Throwable fault;
    private boolean isClosed;

    Copy() throws PluginException {
      stay = call.asLate(() -> departure.leaving(inference.inputs()));
      sent = System.nanoTime();
      thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
      try {
        values = transport.infer(inference, call);
      } catch (TargetException e) {
        failure = e;
      } catch (Throwable e) {
        fault = e;
      }
      took = System.nanoTime() - sent;
      ended.add(this);
    }

    boolean hasAnswered() {
      return values != null;
    }

    Values answer() throws TargetException {
      if (fault instanceof Error error) {
        throw error;
      }
      if (fault != null) {
        throw new IllegalStateException("a request failed in this process", fault);
      }
      if (failure != null) {
        throw failure;
      }
      return values;
    }

    /** Ends the request where it still runs. */
    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        thread.interrupt();
        stay.ended(took > 0 ? took : System.nanoTime() - sent);
      }
    }
  }
}
