package dev.cordon.models.onnx;

/** How ONNX Runtime may use the machine: threads inside one run, at least 1. */
public record OnnxOptions(int intraOpThreads) {
  public OnnxOptions {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException("at least one thread is needed");
    }
  }
}
