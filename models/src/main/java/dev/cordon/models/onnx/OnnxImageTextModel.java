package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.VisionLanguage;

/** Both towers of a package, loaded, checked and warm; safe for many threads until closed. */
public final class OnnxImageTextModel implements AutoCloseable {
  private final ModelPackage pack;

  private OnnxImageTextModel(ModelPackage pack) {
    this.pack = pack;
  }

  /** Loads both graphs, checks them against the manifest and runs each once. */
  public static OnnxImageTextModel load(ModelPackage pack, OnnxOptions options)
      throws ModelPackageException {
    throw new ModelPackageException(
        "not loaded yet with " + options + new OnnxImageTextModel(pack));
  }

  public ModelPackage pack() {
    return pack;
  }

  /** Compares regions of this image with texts. */
  public VisionLanguage bind(RgbImage image) {
    throw new IllegalStateException("nothing is bound to " + image.width());
  }

  /** The text's unit-length vector. */
  public float[] embedText(String text) throws PluginException {
    throw new PluginException(PluginException.Kind.UNAVAILABLE, "the model is not loaded");
  }

  /** The whole image's unit-length vector. */
  public float[] embedImage(RgbImage image) throws PluginException {
    throw new PluginException(PluginException.Kind.UNAVAILABLE, "the model is not loaded");
  }

  @Override
  public void close() {}
}
