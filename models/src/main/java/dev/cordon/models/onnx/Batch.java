package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Inputs that run together; the run is ended early when the last call that wants it has gone. */
final class Batch {
  private final List<Input> inputs;
  private int wanted;
  private OrtSession.RunOptions running;

  Batch(List<Input> inputs) {
    this.inputs = inputs;
    this.wanted = inputs.size();
  }

  /** One call's input and, once it ran, its vectors or why there are none. */
  static final class Input {
    private final Feed feed;
    private Batch batch;
    private float[] vectors;
    private Throwable failure;
    private boolean done;

    Input(Feed feed) {
      this.feed = feed;
    }

    Feed feed() {
      return feed;
    }

    /** Null while it waits. */
    Batch batch() {
      return batch;
    }

    void take(Batch by) {
      batch = by;
    }

    boolean isDone() {
      return done;
    }

    void finish() {
      done = true;
    }

    /** Throws what the run ended with, to everybody who shared it. */
    float[] vectors() throws OrtException {
      return switch (failure) {
        case null -> vectors;
        case OrtException failed -> throw failed;
        case OutOfMemoryError full -> throw full;
        default -> throw new IllegalStateException("a run ended early", failure);
      };
    }
  }

  List<Input> inputs() {
    return inputs;
  }

  /** Runs all inputs, one as it is; each gets its vectors or the failure, whatever that was. */
  void run(Graph graph, Deque<Feed> pool, Supplier<Feed> another) {
    try {
      if (inputs.size() == 1) {
        run(graph, inputs.getFirst().feed);
        return;
      }
      Feed idle = pool.pollFirst();
      Feed shared = idle == null ? another.get() : idle;
      try {
        run(graph, shared);
      } finally {
        pool.addFirst(shared);
      }
    } catch (OrtException | RuntimeException | Error e) {
      inputs.forEach(input -> input.failure = e);
    }
  }

  private void run(Graph graph, Feed feed) throws OrtException {
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      for (int i = 0; inputs.size() > 1 && i < inputs.size(); i++) {
        feed.put(i, inputs.get(i).feed);
      }
      begin(options);
      try {
        graph.run(feed.inputs(inputs.size()), feed.output(inputs.size()), options);
      } finally {
        end();
      }
      for (int i = 0; i < inputs.size(); i++) {
        inputs.get(i).vectors = feed.vectors(i);
      }
    }
  }

  /** One call wants no answer any more. */
  synchronized void leave() throws OrtException {
    wanted--;
    if (wanted == 0 && running != null) {
      running.setTerminate(true);
    }
  }

  private synchronized void begin(OrtSession.RunOptions options) throws OrtException {
    options.setTerminate(wanted == 0);
    running = options;
  }

  // INVARIANT: nobody touches the options once they are about to be freed.
  private synchronized void end() {
    running = null;
  }
}
