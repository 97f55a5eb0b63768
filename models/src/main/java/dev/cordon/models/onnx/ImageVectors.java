package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.util.List;

/** An image tower wherever it runs: regions of pictures to vectors of length one. */
public interface ImageVectors {
  /** A region that lies inside an image. */
  record View(RgbImage image, Region region) {
    /** All of an image. */
    public static View whole(RgbImage image) {
      return new View(image, new Region(0, 0, image.width(), image.height()));
    }
  }

  /** The vector of each view, in their order. */
  List<float[]> embed(List<View> views, Cancellation call) throws PluginException;

  /** A vector for each cell of the patch grid, row by row; the package has patches. */
  float[] embedPatches(RgbImage image, Cancellation call) throws PluginException;
}
