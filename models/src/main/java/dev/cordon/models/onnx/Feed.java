package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.cordon.models.manifest.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Direct buffers for up to {@code capacity} inputs of one graph and their vectors, which the
 * runtime reads and writes in place. Used by one thread at a time.
 */
final class Feed implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  /**
   * Freed at once when the feed is closed; the collector would free direct buffers when it likes.
   */
  private final Arena memory = Arena.ofShared();

  private final OrtEnvironment environment;
  private final Layout layout;
  private final List<ByteBuffer> inputs = new ArrayList<>();
  private final ByteBuffer output;
  private final Map<Integer, Tensors> tensors = new HashMap<>();
  private int length;

  /**
   * What one input holds: its tensors, each with {@code values} values of the shape that {@code
   * shape} gives for a length, and {@code vectors} floats of output.
   */
  record Layout(List<Tensor> inputs, int values, Shape shape, Tensor output, long[] vectors) {
    int outputValues() {
      return Math.toIntExact(Arrays.stream(vectors).reduce(1, Math::multiplyExact));
    }
  }

  /** The shape of one input without its batch dimension. */
  interface Shape {
    long[] of(int length);
  }

  private record Tensors(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> output) {}

  Feed(OrtEnvironment environment, Layout layout, int capacity) {
    this.environment = environment;
    this.layout = layout;
    for (Tensor input : layout.inputs()) {
      inputs.add(direct(capacity, layout.values(), type(input).size));
    }
    this.output = direct(capacity, layout.outputValues(), Float.BYTES);
    this.length = layout.values();
  }

  FloatBuffer floats(int input) {
    return inputs.get(input).asFloatBuffer();
  }

  LongBuffer longs(int input) {
    return inputs.get(input).asLongBuffer();
  }

  /** Says how many of the values are used, where texts differ in length. */
  void length(int values) {
    length = values;
  }

  /** Takes the one input of another feed as the one at {@code index}. */
  void put(int index, Feed one) {
    for (int i = 0; i < inputs.size(); i++) {
      ByteBuffer from = one.inputs.get(i);
      inputs.get(i).put(index * from.capacity(), from, 0, from.capacity());
    }
  }

  Map<String, OnnxTensor> inputs(int count) throws OrtException {
    return tensors(count).inputs();
  }

  Map<String, OnnxTensor> output(int count) throws OrtException {
    return tensors(count).output();
  }

  /** The output of the input at {@code index}. */
  float[] vectors(int index) {
    float[] vectors = new float[layout.outputValues()];
    output.asFloatBuffer().get(index * vectors.length, vectors);
    return vectors;
  }

  private Tensors tensors(int count) throws OrtException {
    // INVARIANT: texts that differ in length are run alone, so one number tells tensors apart.
    int key = count == 1 ? -length : count;
    Tensors known = tensors.get(key);
    if (known == null) {
      known = make(count);
      tensors.put(key, known);
    }
    return known;
  }

  private Tensors make(int count) throws OrtException {
    Map<String, OnnxTensor> made = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = layout.inputs().get(i);
      made.put(input.name(), tensor(inputs.get(i), type(input), count, layout.shape().of(length)));
    }
    OnnxTensor vectors = tensor(output, OnnxJavaType.FLOAT, count, layout.vectors());
    return new Tensors(made, Map.of(layout.output().name(), vectors));
  }

  private OnnxTensor tensor(ByteBuffer values, OnnxJavaType type, int count, long[] shape)
      throws OrtException {
    long[] full = new long[shape.length + 1];
    full[0] = count;
    System.arraycopy(shape, 0, full, 1, shape.length);
    long size = Arrays.stream(full).reduce(type.size, Math::multiplyExact);
    ByteBuffer used = values.slice(0, Math.toIntExact(size)).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, used, full, type);
  }

  private static OnnxJavaType type(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case INT64 -> OnnxJavaType.INT64;
    };
  }

  private ByteBuffer direct(int capacity, int values, int size) {
    long bytes = Math.multiplyExact(Math.multiplyExact(capacity, values), size);
    return memory.allocate(bytes, ALIGNMENT).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    for (Tensors made : tensors.values()) {
      made.inputs().values().forEach(OnnxTensor::close);
      made.output().values().forEach(OnnxTensor::close);
    }
    tensors.clear();
    memory.close();
  }
}
