package dev.cordon.sandbox.evaluation;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.VisionLanguage;
import java.util.List;

/** An image before a model, as a plugin is shown it. Safe for many threads. */
public interface Specimen {
  ImageGeometry image();

  ImageQuality quality();

  Pixels pixels() throws PluginException;

  /** A new handle, which knows nothing of the image yet: every call of a host gets one. */
  VisionLanguage bind();

  /** All specimens of an evaluation: photographs, and images of sizes that few expect. */
  record Collection(List<? extends Specimen> photographs, List<? extends Specimen> extremes) {
    public Collection {
      photographs = List.copyOf(photographs);
      extremes = List.copyOf(extremes);
      if (photographs.isEmpty()) {
        throw new IllegalArgumentException("an evaluation needs a photograph");
      }
    }
  }
}
