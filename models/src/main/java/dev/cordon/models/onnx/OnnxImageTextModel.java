package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.VisionLanguage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Both towers of a package, loaded, checked against the manifest and warm. Safe for many threads;
 * after {@link #close} every call is refused as unavailable.
 */
public final class OnnxImageTextModel implements AutoCloseable {
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

  /** Compares regions of this image with texts; embeds what is asked for, when it is asked for. */
  public VisionLanguage bind(RgbImage image) {
    return new OnnxVisionLanguage(pack.manifest(), images, texts, image);
  }

  /** The text's vector of length one; must not leave the host. */
  public float[] embedText(String text) throws PluginException {
    return texts.embed(text).clone();
  }

  /** The whole image's vector of length one; must not leave the host. */
  public float[] embedImage(RgbImage image) throws PluginException {
    return images.embed(image, new ImageGeometry(image.width(), image.height()).whole());
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

  private void warm() throws PluginException {
    RgbImage image = new RgbImage(8, 8, new byte[3 * 8 * 8]);
    images.embed(image, new ImageGeometry(8, 8).whole());
    if (pack.manifest().image().patches() != null) {
      images.embedPatches(image);
    }
    texts.embed("");
  }
}
