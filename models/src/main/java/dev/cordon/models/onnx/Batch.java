package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.List;

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
    private OrtException failure;
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

    float[] vectors() throws OrtException {
      if (failure != null) {
        throw failure;
      }
      return vectors;
    }
  }

  List<Input> inputs() {
    return inputs;
  }

  /** Runs all inputs; many go through the shared feed, one needs no copy. */
  void run(Graph graph, Feed shared) {
    Feed feed = inputs.size() == 1 ? inputs.getFirst().feed : shared;
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
    } catch (OrtException e) {
      inputs.forEach(input -> input.failure = e);
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
