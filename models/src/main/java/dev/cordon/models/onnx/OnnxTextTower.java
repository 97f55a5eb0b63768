package dev.cordon.models.onnx;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cordon.models.manifest.Batching;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.tokenizer.TextTokenizer;
import dev.cordon.models.tokenizer.Tokens;
import dev.cordon.spi.PluginException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The text tower: texts to unit vectors, which stay in a bounded cache in memory that lives and
 * ends with this model. The cache knows a text as it is written and as its tokens, so that two
 * spellings of the same tokens are computed once.
 */
final class OnnxTextTower implements TextVectors, AutoCloseable {
  private static final long CACHE_BYTES = 32L << 20;

  private final TextTower tower;
  private final int dimension;
  private final TextTokenizer tokenizer;
  private final Graph graph;
  private final Runs runs;
  private final Cache<Object, float[]> vectors =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((Object key, float[] vector) -> 64 + bytes(key) + 4 * vector.length)
          .executor(Runnable::run)
          .build();

  private OnnxTextTower(
      TextTower tower, int dimension, TextTokenizer tokenizer, Graph graph, OnnxOptions options) {
    this.tower = tower;
    this.dimension = dimension;
    this.tokenizer = tokenizer;
    this.graph = graph;
    Feed.Layout layout =
        new Feed.Layout(
            inputs(tower),
            tower.tokenizer().maxTokens(),
            length -> new long[] {length},
            tower.embedding(),
            new long[] {dimension});
    this.runs =
        new Runs(graph, layout, tower.batch() == Batching.EXACT ? options : options.alone());
  }

  /** Token ids as a key; equal when the ids are. */
  private record Ids(long[] ids) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Ids(long[] others) && Arrays.equals(ids, others);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }

  static OnnxTextTower open(ModelPackage pack, OnnxOptions options) throws ModelPackageException {
    return open(pack, pack.manifest().text(), options);
  }

  /** The tower with another of the package's graphs in it. */
  static OnnxTextTower open(ModelPackage pack, TextTower tower, OnnxOptions options)
      throws ModelPackageException {
    List<Tensor> inputs = Arrays.asList(tower.ids(), tower.attentionMask(), tower.tokenTypes());
    TextTokenizer tokenizer = PackageTokenizer.read(pack, tower.tokenizer());
    Graph graph = Graph.open(pack, tower.graph(), options, inputs, List.of(tower.embedding()));
    return new OnnxTextTower(tower, pack.manifest().dimension(), tokenizer, graph, options);
  }

  /** Runs the graph once; what batches must give the same vectors as alone. */
  void warm() throws PluginException {
    float[] alone = embed("", Cancellation.none());
    if (tower.batch() == Batching.EXACT) {
      List<Runs.Filler> fillers = new ArrayList<>();
      for (String text : List.of("", "a", "two words")) {
        Tokens tokens = tokenizer.encode(text);
        fillers.add(feed -> fill(feed, tokens));
      }
      float[] inBatch = runs.run(fillers, Cancellation.none()).getFirst();
      OnnxImageTextModel.requireSame(alone, UnitVectors.scale(inBatch, dimension));
    }
  }

  /** The text's unit vector; callers must not write to it. */
  float[] embed(String text, Cancellation call) throws PluginException {
    return embed(List.of(text), call)[0];
  }

  @Override
  public float[][] embed(List<String> texts, Cancellation call) throws PluginException {
    float[][] found = new float[texts.size()][];
    Map<Ids, Tokens> unknown = new LinkedHashMap<>();
    Ids[] keys = new Ids[found.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = vectors.getIfPresent(texts.get(i));
      if (found[i] == null) {
        Tokens tokens = tokenizer.encode(texts.get(i));
        keys[i] = new Ids(tokens.ids());
        found[i] = vectors.getIfPresent(keys[i]);
        if (found[i] == null) {
          unknown.put(keys[i], tokens);
        }
      }
    }
    Map<Ids, float[]> computed = compute(unknown, call);
    for (int i = 0; i < found.length; i++) {
      found[i] = found[i] == null ? computed.get(keys[i]) : found[i];
      if (keys[i] != null) {
        vectors.put(texts.get(i), found[i]);
      }
    }
    return found;
  }

  /** The unit vector of each text, computed anew and not kept. */
  List<float[]> fresh(List<String> texts) throws PluginException {
    List<Runs.Filler> fillers = new ArrayList<>(texts.size());
    for (String text : texts) {
      Tokens tokens = tokenizer.encode(text);
      fillers.add(feed -> fill(feed, tokens));
    }
    List<float[]> outputs = runs.run(fillers, Cancellation.none());
    for (float[] output : outputs) {
      UnitVectors.scale(output, dimension);
    }
    return outputs;
  }

  /** Two calls may both compute a new text; they get the same numbers. */
  private Map<Ids, float[]> compute(Map<Ids, Tokens> unknown, Cancellation call)
      throws PluginException {
    List<Runs.Filler> fillers = new ArrayList<>(unknown.size());
    for (Tokens tokens : unknown.values()) {
      fillers.add(feed -> fill(feed, tokens));
    }
    List<float[]> outputs = runs.run(fillers, call);
    Map<Ids, float[]> computed = new LinkedHashMap<>();
    for (Ids key : unknown.keySet()) {
      float[] vector = UnitVectors.scale(outputs.get(computed.size()), dimension);
      vectors.put(key, vector);
      computed.put(key, vector);
    }
    return computed;
  }

  private void fill(Feed feed, Tokens tokens) {
    int length = tokens.ids().length;
    feed.length(length);
    int next = 0;
    feed.longs(next++).put(0, tokens.ids());
    if (tower.attentionMask() != null) {
      LongBuffer mask = feed.longs(next);
      for (int i = 0; i < length; i++) {
        mask.put(i, i < tokens.used() ? 1 : 0);
      }
    }
    // INVARIANT: nobody writes token types, so they stay zero.
  }

  @Override
  public void close() {
    runs.close();
    vectors.invalidateAll();
    graph.close();
  }

  private static List<Tensor> inputs(TextTower tower) {
    return Arrays.asList(tower.ids(), tower.attentionMask(), tower.tokenTypes()).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  private static int bytes(Object key) {
    return key instanceof Ids(long[] ids) ? 8 * ids.length : 2 * ((String) key).length();
  }
}
