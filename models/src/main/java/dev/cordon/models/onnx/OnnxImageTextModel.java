package dev.cordon.models.onnx;

import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Both towers of a package, loaded, checked against the manifest and warm. Safe for many threads;
 * after {@link #close} every call is refused as unavailable.
 */
public final class OnnxImageTextModel implements AutoCloseable {
  private static final double MOST_DIFFERENCE = 1e-4;

  private final ModelPackage pack;
  private final OnnxImageTower images;
  private final OnnxTextTower texts;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OnnxImageTextModel(ModelPackage pack, OnnxImageTower images, OnnxTextTower texts) {
    this.pack = pack;
    this.images = images;
    this.texts = texts;
  }

  /**
   * Loads both graphs and runs each once; a graph whose inputs or outputs are not those of the
   * manifest is refused by the tensor's name.
   */
  public static OnnxImageTextModel load(ModelPackage pack, OnnxOptions options)
      throws ModelPackageException {
    if (pack.manifest().image() == null) {
      throw new ModelPackageException("the package compares no pictures with texts");
    }
    OnnxImageTower images = OnnxImageTower.open(pack, options);
    OnnxTextTower texts;
    try {
      texts = OnnxTextTower.open(pack, options);
    } catch (ModelPackageException | RuntimeException e) {
      images.close();
      throw e;
    }
    OnnxImageTextModel model = new OnnxImageTextModel(pack, images, texts);
    try {
      model.warm();
    } catch (PluginException e) {
      model.close();
      throw new ModelPackageException("the graphs do not run: " + e.getMessage(), e);
    }
    return model;
  }

  public ModelPackage pack() {
    return pack;
  }

  OnnxImageTower images() {
    return images;
  }

  OnnxTextTower texts() {
    return texts;
  }

  /** Compares regions of this image with texts; embeds what is asked for, when it is asked for. */
  public VisionLanguage bind(RgbImage image) {
    return bind(Picture.of(image), Cancellation.none());
  }

  /** As above, for a call that may be cancelled. */
  public VisionLanguage bind(Picture picture, Cancellation call) {
    return new OnnxVisionLanguage(pack.manifest(), images, texts, picture, call);
  }

  /** As above, with towers that may run elsewhere; they must be of this model's package. */
  public VisionLanguage bind(
      Picture picture, Cancellation call, ImageVectors images, TextVectors texts) {
    return new OnnxVisionLanguage(pack.manifest(), images, texts, picture, call);
  }

  /** The image tower in this process. */
  public ImageVectors imageVectors() {
    return images;
  }

  /** The text tower in this process. */
  public TextVectors textVectors() {
    return texts;
  }

  /** The length of the longest side that a tower is given of a whole picture. */
  public int pictureSide() {
    return pack.manifest().image().preprocessing().size();
  }

  /** The text's vector of length one; must not leave the host. */
  public float[] embedText(String text) throws PluginException {
    return texts.embed(text, Cancellation.none()).clone();
  }

  /** As above, for a call that may be cancelled. */
  public float[] embed(String text, Cancellation call) throws PluginException {
    return texts.embed(text, call).clone();
  }

  /** The whole picture's vector of length one; must not leave the host. */
  public float[] embed(Picture picture, Cancellation call) throws PluginException {
    return images.embed(List.of(View.whole(picture.whole())), call).getFirst();
  }

  /** The whole image's vector of length one; must not leave the host. */
  public float[] embedImage(RgbImage image) throws PluginException {
    return images.embed(List.of(View.whole(image)), Cancellation.none()).getFirst();
  }

  /** Waits for running calls, then frees what the runtime holds. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    images.close();
    texts.close();
  }

  /** Runs everything once; what batches must give the same vectors as alone. */
  private void warm() throws PluginException {
    byte[] rgb = new byte[3 * 8 * 8];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * i);
    }
    RgbImage image = new RgbImage(8, 8, rgb);
    List<float[]> alone = new ArrayList<>();
    List<View> views = List.of(View.whole(image), new View(image, new Region(1, 2, 3, 5)));
    for (View view : views) {
      alone.addAll(images.embed(List.of(view), Cancellation.none()));
    }
    List<float[]> inBatch = images.embed(views, Cancellation.none());
    for (int i = 0; i < alone.size(); i++) {
      requireSame(alone.get(i), inBatch.get(i));
    }
    if (pack.manifest().image().patches() != null) {
      images.embedPatches(image, Cancellation.none());
    }
    texts.warm();
  }

  /** What a package promises that batches exactly. */
  static void requireSame(float[] alone, float[] inBatch) throws PluginException {
    for (int i = 0; i < alone.length; i++) {
      if (!(Math.abs(alone[i] - inBatch[i]) <= MOST_DIFFERENCE)) {
        throw new PluginException(Kind.FAULT, "a batch gives other vectors");
      }
    }
  }
}
