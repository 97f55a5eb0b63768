package dev.cordon.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.models.manifest.Segmenter;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.sam.SamFrame;
import dev.cordon.models.sam.SamPrompt;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Both graphs of a segmenter of the SAM family, loaded, checked against the manifest and run once.
 * Safe for many threads; after {@link #close} every call is refused as unavailable.
 */
public final class OnnxSegmenter implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final ModelPackage pack;
  private final MaskEncoder encoder;
  private final MaskDecoder decoder;
  private final int runs;
  private final Semaphore room;
  private volatile boolean closed;

  private OnnxSegmenter(
      ModelPackage pack, MaskEncoder encoder, MaskDecoder decoder, OnnxOptions options) {
    this.pack = pack;
    this.encoder = encoder;
    this.decoder = decoder;
    this.runs = options.runs();
    this.room = new Semaphore(runs, true);
  }

  /** Loads both graphs and runs each once; what is not as the manifest says is refused by name. */
  public static OnnxSegmenter load(ModelPackage pack, OnnxOptions options)
      throws ModelPackageException {
    Segmenter declared = pack.manifest().segmenter();
    if (declared == null) {
      throw new ModelPackageException("the package is no segmenter");
    }
    Graph encoder = encoder(pack, declared, options);
    Graph decoder;
    try {
      decoder = decoder(pack, declared, options);
    } catch (ModelPackageException | RuntimeException e) {
      encoder.close();
      throw e;
    }
    OnnxSegmenter segmenter =
        new OnnxSegmenter(
            pack,
            new MaskEncoder(encoder, declared.encoder()),
            new MaskDecoder(decoder, declared),
            options);
    try {
      segmenter.warm();
    } catch (PluginException e) {
      segmenter.close();
      throw new ModelPackageException("the graphs do not run: " + e.getMessage(), e);
    }
    return segmenter;
  }

  private static Graph encoder(ModelPackage pack, Segmenter declared, OnnxOptions options)
      throws ModelPackageException {
    Segmenter.Encoder encoder = declared.encoder();
    Tensor input = encoder.input();
    List<Long> square = List.of(1L, 3L, (long) SamFrame.SIDE, (long) SamFrame.SIDE);
    if (input.type() != Tensor.Type.FLOAT32 || !input.shape().equals(square)) {
      throw new ModelPackageException("`segmenter.encoder.input` is not float32 of " + square);
    }
    return Graph.open(pack, encoder.graph(), options, List.of(input), List.of(encoder.embedding()));
  }

  private static Graph decoder(ModelPackage pack, Segmenter declared, OnnxOptions options)
      throws ModelPackageException {
    Segmenter.Decoder decoder = declared.decoder();
    return Graph.open(
        pack,
        decoder.graph(),
        options,
        MaskDecoder.inputs(declared.encoder()),
        List.of(decoder.masks(), decoder.scores()));
  }

  public ModelPackage pack() {
    return pack;
  }

  /** One picture before the segmenter. */
  public interface Embedded {
    /** The mask of one prompt about the picture. */
    SegmentedMask mask(SegmentationPrompt prompt) throws PluginException;
  }

  /** Embeds a picture once, for any number of prompts of one call. */
  public Embedded embed(RgbImage image, Cancellation call) throws PluginException {
    ImageGeometry size = new ImageGeometry(image.width(), image.height());
    float[] embedding = inTurn(call, how -> encoder.run(image, how));
    return prompt ->
        inTurn(
            call,
            how -> decoder.run(embedding, SamPrompt.of(prompt, size), new SamFrame(size), how));
  }

  private interface Work<T> {
    T run(OrtSession.RunOptions how) throws OrtException, PluginException;
  }

  /** Waits for its turn, no longer than the call lasts; a cancelled call ends its run. */
  private <T> T inTurn(Cancellation call, Work<T> work) throws PluginException {
    enter(call);
    try (Stoppable run = new Stoppable()) {
      call.whenCancelled(run::stop);
      T result = work.run(run.options());
      if (call.isCancelled()) {
        throw cancelled();
      }
      return result;
    } catch (OrtException e) {
      if (call.isCancelled()) {
        throw cancelled();
      }
      throw new PluginException(Kind.FAULT, "the segmenter failed with " + e.getCode());
    } finally {
      room.release();
    }
  }

  private void enter(Cancellation call) throws PluginException {
    try {
      long most = call.remaining(LONGEST_WAIT).toMillis();
      if (!room.tryAcquire(most, TimeUnit.MILLISECONDS)) {
        throw cancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
    if (closed) {
      room.release();
      throw new PluginException(Kind.UNAVAILABLE, "the segmenter is closed");
    }
  }

  private static PluginException cancelled() {
    return new PluginException(Kind.CANCELLED, "the call was cancelled");
  }

  private void warm() throws PluginException {
    RgbImage image = new RgbImage(2, 1, new byte[6]);
    embed(image, Cancellation.none())
        .mask(new SegmentationPrompt("", 1, List.of(), new Region(0, 0, 1, 1), null));
  }

  /** Waits for running calls, then frees what the runtime holds. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    room.acquireUninterruptibly(runs);
    encoder.close();
    decoder.close();
    room.release(runs);
  }
}
