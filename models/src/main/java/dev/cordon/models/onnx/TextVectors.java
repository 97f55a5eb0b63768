package dev.cordon.models.onnx;

import dev.cordon.spi.PluginException;
import java.util.List;

/** A text tower wherever it runs: texts to vectors of length one. */
public interface TextVectors {
  /** The vector of each text, in their order; callers must not write to them. */
  float[][] embed(List<String> texts, Cancellation call) throws PluginException;
}
