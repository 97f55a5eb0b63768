package dev.cordon.models.oip;

import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.UnitVectors;
import dev.cordon.spi.PluginException;

/** Asks a target for vectors and brings them to length one. */
final class RemoteVectors {
  private RemoteVectors() {}

  /** All vectors of the answer, one after another. */
  static float[] ask(
      OipTarget target, Inference inference, int dimension, Departure departure, Cancellation call)
      throws PluginException {
    try {
      if (target.infer(inference, departure, call) instanceof Floats(float[] vectors)) {
        return UnitVectors.scale(vectors, dimension);
      }
      throw TensorBytes.malformed("the answer is not floating point");
    } catch (TargetException e) {
      throw e.forCaller();
    }
  }
}
