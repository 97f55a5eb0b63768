package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import dev.cordon.models.onnx.Batch.Input;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs of one graph. A lone call runs at once, in its own thread and buffers; what comes while all
 * runs are busy waits, and the next free run takes together what may go together. No call waits for
 * company. What is more than the queue holds is refused.
 */
final class Runs implements AutoCloseable {
  private final Graph graph;
  private final Feed.Layout layout;
  private final OnnxOptions options;
  private final Semaphore room;
  private final ConcurrentLinkedDeque<Feed> singles = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Feed> batches = new ConcurrentLinkedDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Input> waiting = new ArrayDeque<>();
  private int running;
  private volatile boolean closed;

  Runs(Graph graph, Feed.Layout layout, OnnxOptions options) {
    this.graph = graph;
    this.layout = layout;
    this.options = options;
    this.room = new Semaphore(options.queue());
  }

  /** Writes one input into buffers of its own. */
  interface Filler {
    void fill(Feed feed) throws PluginException;
  }

  /** The output of each input, in their order; values as the graph gave them. */
  List<float[]> run(List<? extends Filler> fillers, Cancellation call) throws PluginException {
    List<float[]> vectors = new ArrayList<>(fillers.size());
    for (int from = 0; from < fillers.size(); from += options.batch()) {
      int to = Math.min(fillers.size(), from + options.batch());
      vectors.addAll(together(fillers.subList(from, to), call));
    }
    return vectors;
  }

  private List<float[]> together(List<? extends Filler> fillers, Cancellation call)
      throws PluginException {
    admit(fillers.size());
    List<Input> inputs = new ArrayList<>(fillers.size());
    try {
      for (Filler filler : fillers) {
        Feed feed = singles.pollFirst();
        inputs.add(new Input(feed == null ? new Feed(graph.environment(), layout, 1) : feed));
        filler.fill(inputs.getLast().feed());
      }
      call.whenCancelled(() -> leave(inputs));
      await(inputs, call);
      List<float[]> vectors = new ArrayList<>(inputs.size());
      for (Input input : inputs) {
        vectors.add(input.vectors());
      }
      return vectors;
    } catch (OrtException e) {
      if (call.isCancelled()) {
        throw cancelled();
      }
      // The runtime's message may hold token ids, so only its code goes on.
      throw new PluginException(Kind.FAULT, "the model failed with " + e.getCode());
    } finally {
      inputs.forEach(input -> singles.addFirst(input.feed()));
      room.release(fillers.size());
    }
  }

  private void admit(int inputs) throws PluginException {
    if (closed) {
      throw new PluginException(Kind.UNAVAILABLE, "the model is closed");
    }
    if (!room.tryAcquire(inputs)) {
      throw new PluginException(Kind.UNAVAILABLE, "the model has too much to do");
    }
  }

  /** Returns when every input is done; leads runs itself while it has nothing better to do. */
  private void await(List<Input> inputs, Cancellation call) throws PluginException {
    boolean interrupted = Thread.interrupted();
    lock.lock();
    try {
      if (!interrupted && !call.isCancelled()) {
        waiting.addAll(inputs);
      }
      while (!inputs.stream().allMatch(Input::isDone)) {
        if (interrupted || call.isCancelled()) {
          waiting.removeAll(inputs);
          if (inputs.stream().noneMatch(input -> input.batch() != null && !input.isDone())) {
            throw cancelled();
          }
        }
        if (running < options.runs() && !waiting.isEmpty()) {
          lead();
        } else {
          interrupted |= waitForChange(interrupted);
        }
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (interrupted || call.isCancelled()) {
      throw cancelled();
    }
  }

  private boolean waitForChange(boolean interrupted) {
    if (interrupted) {
      // INVARIANT: buffers of an input that runs are in use, so its call stays until it is done.
      changed.awaitUninterruptibly();
      return false;
    }
    try {
      changed.await();
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }

  /** With the lock held: takes what has waited longest and runs it without the lock. */
  private void lead() {
    List<Input> taken = new ArrayList<>();
    while (taken.size() < options.batch() && !waiting.isEmpty()) {
      taken.add(waiting.pollFirst());
    }
    Batch batch = new Batch(taken);
    taken.forEach(input -> input.take(batch));
    running++;
    lock.unlock();
    try {
      batch.run(graph, batches, () -> new Feed(graph.environment(), layout, options.batch()));
    } finally {
      lock.lock();
      running--;
      taken.forEach(Input::finish);
      changed.signalAll();
    }
  }

  private void leave(List<Input> inputs) {
    lock.lock();
    try {
      for (Input input : inputs) {
        if (input.batch() != null && !input.isDone()) {
          input.batch().leave();
        }
      }
      changed.signalAll();
    } catch (OrtException e) {
      throw new IllegalStateException("a run cannot be ended early", e);
    } finally {
      lock.unlock();
    }
  }

  private static PluginException cancelled() {
    return new PluginException(Kind.CANCELLED, "the call was cancelled");
  }

  /** Waits for the calls that run, then frees their buffers. */
  @Override
  public void close() {
    closed = true;
    room.acquireUninterruptibly(options.queue());
    room.release(options.queue());
    for (Deque<Feed> pool : List.of(singles, batches)) {
      for (Feed feed = pool.poll(); feed != null; feed = pool.poll()) {
        feed.close();
      }
    }
  }
}
