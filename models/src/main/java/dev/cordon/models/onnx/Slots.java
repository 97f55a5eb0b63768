package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * A bounded pool of buffers for runs of one graph: made on demand, lent to one call at a time,
 * freed only when no call holds one. Later calls wait; more runs than processors gain nothing.
 */
final class Slots<S extends Slots.Slot> implements AutoCloseable {
  private final int limit = Runtime.getRuntime().availableProcessors();
  private final Semaphore permits = new Semaphore(limit, true);
  private final ConcurrentLinkedDeque<S> idle = new ConcurrentLinkedDeque<>();
  private final Maker<S> maker;
  private volatile boolean closed;

  Slots(Maker<S> maker) {
    this.maker = maker;
  }

  /** Buffers outside the heap that must be given back. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Makes one more slot. */
  interface Maker<S> {
    S make() throws OrtException;
  }

  /** One run that uses a slot. */
  interface Run<S> {
    float[] on(S slot) throws OrtException, PluginException;
  }

  /** Runs with a slot of its own; the answer must not refer to the slot. */
  float[] run(Run<S> run) throws PluginException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Kind.CANCELLED, "the call was interrupted");
    }
    try {
      if (closed) {
        throw new PluginException(Kind.UNAVAILABLE, "the model is closed");
      }
      S slot = idle.pollFirst();
      if (slot == null) {
        slot = maker.make();
      }
      try {
        return run.on(slot);
      } finally {
        idle.addFirst(slot);
      }
    } catch (OrtException e) {
      // The runtime's message may hold token ids, so only its code goes on.
      throw new PluginException(Kind.FAULT, "the model failed with " + e.getCode());
    } finally {
      permits.release();
    }
  }

  /** Waits for the calls that run, then frees every slot. */
  @Override
  public void close() {
    permits.acquireUninterruptibly(limit);
    closed = true;
    permits.release(limit);
    for (S slot = idle.poll(); slot != null; slot = idle.poll()) {
      slot.close();
    }
  }
}
