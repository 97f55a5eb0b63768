package dev.cordon.models.onnx;

/**
 * How a model may use the machine.
 *
 * @param intraOpThreads threads inside one run
 * @param runs runs of one tower at the same time
 * @param batch most inputs of one run, where the package batches exactly
 * @param queue most inputs of one tower that run or wait; more are refused as unavailable
 */
public record OnnxOptions(int intraOpThreads, int runs, int batch, int queue) {
  private static final int BATCH = 8;
  private static final int QUEUE = 64;

  public OnnxOptions {
    if (intraOpThreads < 1 || runs < 1 || batch < 1 || queue < batch) {
      throw new IllegalArgumentException(
          "threads, runs and batch are at least 1, the queue at least a batch");
    }
  }

  /**
   * Two runs a processor at the same time: each works in its caller's thread too, so one fills the
   * gaps in which another waits for its own threads.
   */
  public OnnxOptions(int intraOpThreads) {
    this(intraOpThreads, 2 * Runtime.getRuntime().availableProcessors(), BATCH, QUEUE);
  }

  /** The same for inputs that must run alone. */
  OnnxOptions alone() {
    return new OnnxOptions(intraOpThreads, runs, 1, queue);
  }
}
