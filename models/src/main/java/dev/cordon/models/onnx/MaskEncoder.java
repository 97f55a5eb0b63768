package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.models.manifest.Segmenter;
import dev.cordon.models.preprocessing.FramedInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.sam.SamFrame;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** The segmenter's first graph: a picture to its embedding. */
record MaskEncoder(Graph graph, Segmenter.Encoder declared) implements AutoCloseable {
  float[] run(RgbImage image, OrtSession.RunOptions how) throws OrtException {
    FloatBuffer pixels = Floats.direct(FramedInput.LENGTH);
    new FramedInput(declared).prepare(image, pixels);
    long[] shape = {1, 3, SamFrame.SIDE, SamFrame.SIDE};
    String output = declared.embedding().name();
    try (OnnxTensor input = OnnxTensor.createTensor(graph.environment(), pixels, shape);
        OrtSession.Result result =
            graph.run(Map.of(declared.input().name(), input), Set.of(output), how)) {
      return Floats.of(result, output);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
