package dev.cordon.models.onnx;

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
import dev.cordon.spi.Region;
import java.util.List;

/**
 * Both graphs of a segmenter of the SAM family, loaded, checked against the manifest and run once.
 * Safe for many threads; after {@link #close} every call is refused as unavailable.
 */
public final class OnnxSegmenter implements OnnxCompanion {
  private final ModelPackage pack;
  private final MaskEncoder encoder;
  private final MaskDecoder decoder;
  private final Turns turns;

  private OnnxSegmenter(
      ModelPackage pack, MaskEncoder encoder, MaskDecoder decoder, OnnxOptions options) {
    this.pack = pack;
    this.encoder = encoder;
    this.decoder = decoder;
    this.turns = new Turns("the segmenter", options);
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

  @Override
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
    float[] embedding = turns.run(call, how -> encoder.run(image, how));
    return prompt ->
        turns.run(
            call,
            how -> decoder.run(embedding, SamPrompt.of(prompt, size), new SamFrame(size), how));
  }

  private void warm() throws PluginException {
    RgbImage image = new RgbImage(2, 1, new byte[6]);
    embed(image, Cancellation.none())
        .mask(new SegmentationPrompt("", 1, List.of(), new Region(0, 0, 1, 1), null));
  }

  @Override
  public void close() {
    turns.close(
        () -> {
          encoder.close();
          decoder.close();
        });
  }
}
