package dev.cordon.models.onnx;

import dev.cordon.models.registry.ModelPackage;

/** A loaded package of a task beside the model that answers; after closing every run is refused. */
public sealed interface OnnxCompanion extends AutoCloseable permits OnnxProposer, OnnxSegmenter {
  ModelPackage pack();

  /** Waits for running calls, then frees what the runtime holds. */
  @Override
  void close();
}
