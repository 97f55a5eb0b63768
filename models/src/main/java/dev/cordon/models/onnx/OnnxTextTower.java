package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.tokenizer.TextTokenizer;
import dev.cordon.models.tokenizer.Tokens;
import dev.cordon.spi.PluginException;
import java.io.IOException;
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
 * The text tower: one text at a time to unit vectors, which stay in a bounded cache in memory.
 * Batching would change vectors of quantised graphs.
 */
final class OnnxTextTower implements AutoCloseable {
  private static final long CACHE_BYTES = 32L << 20;

  private final TextTower tower;
  private final int dimension;
  private final TextTokenizer tokenizer;
  private final Graph graph;
  private final Slots<TextSlot> slots = new Slots<>(TextSlot::new);
  private final Cache<String, float[]> vectors =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((String text, float[] vector) -> 64 + 2 * text.length() + 4 * vector.length)
          .executor(Runnable::run)
          .build();

  private OnnxTextTower(ModelManifest manifest, TextTokenizer tokenizer, Graph graph) {
    this.tower = manifest.text();
    this.dimension = manifest.dimension();
    this.tokenizer = tokenizer;
    this.graph = graph;
  }

  static OnnxTextTower open(ModelPackage pack, OnnxOptions options) throws ModelPackageException {
    TextTower tower = pack.manifest().text();
    List<Tensor> inputs = Arrays.asList(tower.ids(), tower.attentionMask(), tower.tokenTypes());
    TextTokenizer tokenizer = tokenizer(pack, tower.tokenizer());
    Graph graph = Graph.open(pack, tower.graph(), options, inputs, List.of(tower.embedding()));
    return new OnnxTextTower(pack.manifest(), tokenizer, graph);
  }

  /** The text's unit vector; callers must not write to it. */
  float[] embed(String text) throws PluginException {
    float[] known = vectors.getIfPresent(text);
    if (known != null) {
      return known;
    }
    // Two threads may both compute a new text; they get the same numbers.
    Tokens tokens = tokenizer.encode(text);
    float[] vector = slots.run(slot -> slot.run(tokens));
    vectors.put(text, vector);
    return vector;
  }

  @Override
  public void close() {
    slots.close();
    vectors.invalidateAll();
    graph.close();
  }

  private static TextTokenizer tokenizer(ModelPackage pack, TextTower.Tokenizer rules)
      throws ModelPackageException {
    List<byte[]> files = new ArrayList<>();
    for (String name : rules.files()) {
      files.add(pack.read(name));
    }
    try {
      return TextTokenizer.of(rules, files);
    } catch (IOException e) {
      throw new ModelPackageException(
          "tokenizer `" + rules.files().getFirst() + "` is refused: " + e.getMessage(), e);
    }
  }

  /** Buffers of one run, long enough for the longest text. */
  private final class TextSlot implements Slots.Slot {
    private final LongBuffer ids = direct();
    private final LongBuffer mask = direct();
    private final LongBuffer types = direct();
    private final FloatBuffer vector = OnnxImageTower.direct(dimension);
    private final OnnxTensor output;

    TextSlot() throws OrtException {
      output = OnnxTensor.createTensor(graph.environment(), vector, new long[] {1, dimension});
    }

    float[] run(Tokens tokens) throws OrtException, PluginException {
      int length = tokens.ids().length;
      ids.clear().put(tokens.ids()).flip();
      mask.clear().limit(length);
      for (int i = 0; i < length; i++) {
        mask.put(i, i < tokens.used() ? 1 : 0);
      }
      // INVARIANT: nobody writes token types, so they stay zero.
      types.clear().limit(length);
      Map<String, OnnxTensor> inputs = HashMap.newHashMap(3);
      try {
        put(inputs, tower.ids(), ids);
        put(inputs, tower.attentionMask(), mask);
        put(inputs, tower.tokenTypes(), types);
        graph.session().run(inputs, Map.of(tower.embedding().name(), output)).close();
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
      return UnitVectors.copy(vector, dimension);
    }

    private void put(Map<String, OnnxTensor> inputs, Tensor tensor, LongBuffer values)
        throws OrtException {
      if (tensor != null) {
        long[] shape = {1, values.remaining()};
        inputs.put(tensor.name(), OnnxTensor.createTensor(graph.environment(), values, shape));
      }
    }

    @Override
    public void close() {
      output.close();
    }

    private LongBuffer direct() {
      int bytes = Math.multiplyExact(tower.tokenizer().maxTokens(), Long.BYTES);
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();
    }
  }
}
