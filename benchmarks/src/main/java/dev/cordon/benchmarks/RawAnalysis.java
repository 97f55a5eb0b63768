package dev.cordon.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import dev.cordon.core.image.ImageRefused;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.onnx.OnnxRuntime;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.ImageGeometry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * The peer: the host's own decoder and preparation, then a bare run of the image tower over direct
 * buffers, compared with text vectors that are there already. No screen, no policy, no log, no
 * network; ONNX Runtime as it is by default.
 */
final class RawAnalysis implements AutoCloseable {
  private final OrtEnvironment environment = OnnxRuntime.environment();
  private final OrtSession session;
  private final ModelManifest manifest;
  private final ImageInput input;
  private final ImageDecoder decoder;
  private final float[][] texts;
  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(this::buffers);

  private RawAnalysis(ModelPackage pack, int threads, float[][] texts)
      throws OrtException, dev.cordon.models.registry.ModelPackageException {
    this.manifest = pack.manifest();
    this.input = new ImageInput(manifest.image().preprocessing());
    this.decoder = new ImageDecoder(ImageLimits.DEFAULT);
    this.texts = texts;
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(pack.read(manifest.image().graph()), options);
    }
  }

  static RawAnalysis open(ModelPackage pack, int threads) throws Exception {
    List<String> prompts = Question.prompts();
    float[][] texts = new float[prompts.size()][];
    try (var model = OnnxImageTextModel.load(pack, new OnnxOptions(threads))) {
      for (int i = 0; i < texts.length; i++) {
        texts[i] = model.embedText(prompts.get(i));
      }
    }
    return new RawAnalysis(pack, threads, texts);
  }

  /** Probabilities of the labels and of each background, in the order of the prompts. */
  double[] analyse(byte[] jpeg) throws IOException, OrtException {
    prepare(decode(jpeg));
    return probabilities(run());
  }

  private RgbImage decode(byte[] jpeg) throws IOException {
    try (DecodedImage picture = decoder.decode(jpeg, manifest.image().preprocessing().size())) {
      return picture.whole();
    } catch (ImageRefused e) {
      throw new IOException(e.getMessage());
    }
  }

  void prepare(RgbImage image) {
    input.prepare(
        image, new ImageGeometry(image.width(), image.height()).whole(), buffers.get().pixels());
  }

  /** The tower on what was prepared last by this thread. */
  FloatBuffer run() throws OrtException {
    Buffers own = buffers.get();
    session.run(own.inputs(), own.outputs()).close();
    return own.vector();
  }

  private double[] probabilities(FloatBuffer vector) {
    double length = 0;
    for (int i = 0; i < manifest.dimension(); i++) {
      length += (double) vector.get(i) * vector.get(i);
    }
    length = Math.sqrt(length);
    double[] weights = new double[texts.length];
    double sum = 0;
    for (int text = 0; text < texts.length; text++) {
      double cosine = 0;
      for (int i = 0; i < manifest.dimension(); i++) {
        cosine += vector.get(i) / length * texts[text][i];
      }
      weights[text] = Math.exp(manifest.calibration().softmaxScale() * (cosine - 1));
      sum += weights[text];
    }
    for (int text = 0; text < texts.length; text++) {
      weights[text] /= sum;
    }
    return weights;
  }

  private record Buffers(
      FloatBuffer pixels,
      FloatBuffer vector,
      Map<String, OnnxTensor> inputs,
      Map<String, OnnxTensor> outputs) {}

  private Buffers buffers() {
    int size = manifest.image().preprocessing().size();
    FloatBuffer pixels = direct(3 * size * size);
    FloatBuffer vector = direct(manifest.dimension());
    try {
      return new Buffers(
          pixels,
          vector,
          Map.of(
              manifest.image().input().name(),
              OnnxTensor.createTensor(environment, pixels, new long[] {1, 3, size, size})),
          Map.of(
              manifest.image().embedding().name(),
              OnnxTensor.createTensor(environment, vector, new long[] {1, manifest.dimension()})));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Float.BYTES * floats)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
