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
 * 2013). Departures are told by the thread that asks, so whoever keeps the books needs no lock.
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

  /** A second copy that may not leave, or cannot be told of, takes nothing from the first. */
  private void sendAgain() {
    try {
      copies.add(new Copy());
    } catch (PluginException | RuntimeException _) {
      // Whatever it is, the call meets it again when it ends.
    }
  }

  /** One request under way. */
  private final class Copy implements AutoCloseable {
    private final Departure.Stay stay;
    private final Thread thread;
    private Values values;
    private TargetException failure;
    private Throwable fault;
    private boolean isClosed;

    Copy() throws PluginException {
      long asked = System.nanoTime();
      stay = departure.leaving(inference.inputs());
      Call sent = call.later(System.nanoTime() - asked);
      thread = Thread.ofVirtual().start(() -> run(sent));
    }

    private void run(Call sent) {
      try {
        values = transport.infer(inference, sent);
      } catch (TargetException e) {
        failure = e;
      } catch (Throwable e) {
        fault = e;
      }
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
        stay.close();
      }
    }
  }
}
