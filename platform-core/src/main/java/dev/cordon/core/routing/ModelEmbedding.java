package dev.cordon.core.routing;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import java.util.List;
import java.util.Optional;

/** Embeds by the in-process model; every text passes the screen first. */
record ModelEmbedding(
    OnnxImageTextModel model,
    Optional<? extends Picture> picture,
    TextGate texts,
    Cancellation call)
    implements Embedding {
  static VectorSpace space(ModelPackage pack) {
    return new VectorSpace(pack.digest(), ImageInput.VERSION, pack.manifest().dimension());
  }

  @Override
  public VectorSpace space() {
    return space(model.pack());
  }

  @Override
  public UnitVector image() throws PluginException {
    if (picture.isEmpty()) {
      throw new PluginException(Kind.BAD_QUESTION, "the question comes without an image");
    }
    return vector(model.embed(picture.get(), call));
  }

  @Override
  public UnitVector text(String text) throws PluginException {
    if (!texts.admits(List.of(text))) {
      // What is asked here are parts of the caller's own text, so it is for the caller to mend.
      throw new PluginException(Kind.BAD_QUESTION, "a part of the text may not be asked alone");
    }
    return vector(model.embed(text, call));
  }

  @Override
  public float probability(float cosine) {
    return model.pack().manifest().calibration().probability(cosine);
  }

  private UnitVector vector(float[] values) {
    return new UnitVector(space(), values);
  }
}
