package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Numbers on their way to the runtime and back. */
final class Floats {
  private Floats() {}

  /** Room that the runtime reads in place. */
  static FloatBuffer direct(int values) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  static FloatBuffer direct(float... values) {
    FloatBuffer buffer = direct(values.length);
    buffer.put(0, values);
    return buffer;
  }

  static OnnxTensor tensor(OrtSession.Result result, String output) {
    return (OnnxTensor) result.get(output).orElseThrow();
  }

  static float[] of(OrtSession.Result result, String output) {
    FloatBuffer values = tensor(result, output).getFloatBuffer();
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }
}
