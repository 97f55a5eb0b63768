package dev.cordon.models.oip;

import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.TextVectors;
import dev.cordon.models.tokenizer.TextTokenizer;
import dev.cordon.models.tokenizer.Tokens;
import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text tower on a target: texts become tokens here, and only those leave; keeps nothing. */
final class RemoteTextTower implements CheckedTower<TextVectors> {
  private final OipTarget target;
  private final TextTower tower;
  private final int dimension;
  private final TextTokenizer tokenizer;

  RemoteTextTower(OipTarget target, TextTower tower, int dimension, TextTokenizer tokenizer) {
    this.target = target;
    this.tower = tower;
    this.dimension = dimension;
    this.tokenizer = tokenizer;
  }

  @Override
  public TextVectors announcing(Departure departure) {
    return (texts, call) -> embed(texts, departure, call);
  }

  private float[][] embed(List<String> texts, Departure departure, Cancellation call)
      throws PluginException {
    // INVARIANT: what batches exactly is padded, so all texts of a batch have one length.
    int batch = target.together(tower.tokenizer().maxTokens() * Long.BYTES * 3, tower.batch());
    float[][] vectors = new float[texts.size()][];
    for (int from = 0; from < vectors.length; from += batch) {
      int to = Math.min(vectors.length, from + batch);
      List<Tokens> tokens = texts.subList(from, to).stream().map(tokenizer::encode).toList();
      float[] joined = RemoteVectors.ask(target, inference(tokens), dimension, departure, call);
      for (int i = from; i < to; i++) {
        int start = (i - from) * dimension;
        vectors[i] = Arrays.copyOfRange(joined, start, start + dimension);
      }
    }
    return vectors;
  }

  private Inference inference(List<Tokens> texts) {
    int length = texts.getFirst().ids().length;
    long[] ids = new long[texts.size() * length];
    long[] mask = new long[ids.length];
    for (int i = 0; i < texts.size(); i++) {
      System.arraycopy(texts.get(i).ids(), 0, ids, i * length, length);
      Arrays.fill(mask, i * length, i * length + texts.get(i).used(), 1);
    }
    List<Long> shape = List.of((long) texts.size(), (long) length);
    List<OipTensor> inputs = new ArrayList<>();
    add(inputs, tower.ids(), shape, ids);
    add(inputs, tower.attentionMask(), shape, mask);
    add(inputs, tower.tokenTypes(), shape, new long[ids.length]);
    return new Inference(
        target.options().model(),
        target.options().version(),
        inputs,
        new Inference.Expected(
            tower.embedding().name(),
            Datatype.FP32,
            List.of((long) texts.size(), (long) dimension)));
  }

  private static void add(List<OipTensor> inputs, Tensor declared, List<Long> shape, long[] ids) {
    if (declared != null) {
      inputs.add(new OipTensor(declared.name(), shape, new Longs(ids)));
    }
  }
}
