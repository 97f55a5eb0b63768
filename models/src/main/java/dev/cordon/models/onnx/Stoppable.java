package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** The options of one run, which another thread may end early; nothing touches them once closed. */
final class Stoppable implements AutoCloseable {
  private final OrtSession.RunOptions options;
  private boolean closed;

  Stoppable() {
    try {
      options = new OrtSession.RunOptions();
      options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    } catch (OrtException e) {
      throw new IllegalStateException("a run cannot be set up", e);
    }
  }

  OrtSession.RunOptions options() {
    return options;
  }

  synchronized void stop() {
    if (!closed) {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("a run cannot be ended early", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    options.close();
  }
}
