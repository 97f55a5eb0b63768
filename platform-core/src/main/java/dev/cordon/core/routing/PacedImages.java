package dev.cordon.core.routing;

import dev.cordon.core.routing.fleet.Pace;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.PluginException;
import java.util.List;

/** The image tower of this process, whose pace is measured. */
record PacedImages(OnnxImageTextModel model, Pace pace) implements ImageVectors {
  @Override
  public List<float[]> embed(List<View> views, Cancellation call) throws PluginException {
    try (Pace.Running running = pace.begin()) {
      List<float[]> vectors = model.imageVectors().embed(views, call);
      running.answered();
      return vectors;
    }
  }

  @Override
  public float[] embedPatches(RgbImage image, Cancellation call) throws PluginException {
    try (Pace.Running running = pace.begin()) {
      float[] vectors = model.imageVectors().embedPatches(image, call);
      running.answered();
      return vectors;
    }
  }
}
