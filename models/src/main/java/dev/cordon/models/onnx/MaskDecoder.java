package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.models.manifest.Segmenter;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.sam.SamFrame;
import dev.cordon.models.sam.SamPrompt;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The segmenter's second graph: an embedding and a prompt to a mask. Masks are asked for at the
 * frame's scale, not the image's: of a large image they would fill memory, and the graph knows no
 * more than the frame.
 */
record MaskDecoder(Graph graph, Segmenter declared) implements AutoCloseable {
  private static final String EMBEDDING = "image_embeddings";
  private static final String POINTS = "point_coords";
  private static final String LABELS = "point_labels";
  private static final String MASK = "mask_input";
  private static final String HAS_MASK = "has_mask_input";
  private static final String SIZE = "orig_im_size";
  private static final long SIDE = SamPrompt.MASK_SIDE;

  /** With more points than this, or a box, the graph's first mask answers (segment-anything). */
  private static final int FEW_POINTS = 2;

  /** What every decoder of the family takes. */
  static List<Tensor> inputs(Segmenter.Encoder encoder) {
    return List.of(
        tensor(EMBEDDING, encoder.embedding().shape().toArray(Long[]::new)),
        tensor(POINTS, 1L, Tensor.FREE, 2L),
        tensor(LABELS, 1L, Tensor.FREE),
        tensor(MASK, 1L, 1L, SIDE, SIDE),
        tensor(HAS_MASK, 1L),
        tensor(SIZE, 2L));
  }

  private static Tensor tensor(String name, Long... shape) {
    return new Tensor(name, Tensor.Type.FLOAT32, List.of(shape));
  }

  SegmentedMask run(float[] embedding, SamPrompt prompt, SamFrame frame, OrtSession.RunOptions how)
      throws OrtException, PluginException {
    String masks = declared.decoder().masks().name();
    String scores = declared.decoder().scores().name();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      fill(inputs, embedding, prompt, frame);
      try (OrtSession.Result result = graph.run(inputs, Set.of(masks, scores), how)) {
        return best(
            Floats.of(result, scores), Floats.tensor(result, masks), prompt.points().size(), frame);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private void fill(
      Map<String, OnnxTensor> inputs, float[] embedding, SamPrompt prompt, SamFrame frame)
      throws OrtException {
    int count = prompt.points().size();
    FloatBuffer places = Floats.direct(2 * count);
    FloatBuffer labels = Floats.direct(count);
    for (SamPrompt.Point point : prompt.points()) {
      places.put((float) point.x()).put((float) point.y());
      labels.put(point.label());
    }
    FloatBuffer mask = Floats.direct(SamPrompt.MASK_SIDE * SamPrompt.MASK_SIDE);
    if (prompt.mask().isPresent()) {
      LowResolutionMask given = prompt.mask().get();
      for (int cell = 0; cell < mask.capacity(); cell++) {
        mask.put(cell, given.logit(cell / given.width(), cell % given.width()));
      }
    }
    long[] embedded =
        declared.encoder().embedding().shape().stream().mapToLong(Long::longValue).toArray();
    put(inputs, EMBEDDING, Floats.direct(embedding), embedded);
    put(inputs, POINTS, places.flip(), 1, count, 2);
    put(inputs, LABELS, labels.flip(), 1, count);
    put(inputs, MASK, mask, 1, 1, SIDE, SIDE);
    put(inputs, HAS_MASK, Floats.direct(prompt.mask().isPresent() ? 1f : 0f), 1);
    put(inputs, SIZE, Floats.direct((float) frame.height(), (float) frame.width()), 2);
  }

  private void put(Map<String, OnnxTensor> inputs, String name, FloatBuffer values, long... shape)
      throws OrtException {
    inputs.put(name, OnnxTensor.createTensor(graph.environment(), values, shape));
  }

  private static SegmentedMask best(float[] scores, OnnxTensor masks, int points, SamFrame frame)
      throws PluginException {
    long[] expected = {1, scores.length, frame.height(), frame.width()};
    if (scores.length == 0 || !Arrays.equals(masks.getInfo().getShape(), expected)) {
      throw new PluginException(Kind.FAULT, "the segmenter gave masks of another size");
    }
    int best = 0;
    if (scores.length > 1 && points <= FEW_POINTS) {
      best = 1;
      for (int i = 2; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
    }
    float[] logits = new float[frame.width() * frame.height()];
    masks.getFloatBuffer().get(best * logits.length, logits);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new PluginException(Kind.FAULT, "the segmenter gave no number");
      }
    }
    if (!Float.isFinite(scores[best])) {
      throw new PluginException(Kind.FAULT, "the segmenter gave no number");
    }
    return new SegmentedMask(
        new LowResolutionMask(frame.width(), frame.height(), logits),
        Math.clamp(scores[best], 0, 1));
  }

  @Override
  public void close() {
    graph.close();
  }
}
