package dev.cordon.models.onnx;

import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;

/** Vectors of length one, whose dot product is the cosine of their angle. */
public final class UnitVectors {
  private UnitVectors() {}

  /** Scales all vectors of the array, one after another, to length one. */
  public static float[] scale(float[] units, int dimension) throws PluginException {
    for (int from = 0; from < units.length; from += dimension) {
      double squares = 0;
      for (int i = from; i < from + dimension; i++) {
        squares += (double) units[i] * units[i];
      }
      if (!(squares > 0) || Double.isInfinite(squares)) {
        throw new PluginException(Kind.FAULT, "the model gave a vector without a direction");
      }
      double scale = 1 / Math.sqrt(squares);
      for (int i = from; i < from + dimension; i++) {
        units[i] = (float) (units[i] * scale);
      }
    }
    return units;
  }

  /** Cosines of every vector in {@code units} with every text, row by row. */
  static float[] cosines(float[] units, float[][] texts) {
    int dimension = texts[0].length;
    int rows = units.length / dimension;
    float[] cosines = new float[Math.multiplyExact(rows, texts.length)];
    for (int row = 0; row < rows; row++) {
      for (int text = 0; text < texts.length; text++) {
        cosines[row * texts.length + text] = cosine(units, row * dimension, texts[text]);
      }
    }
    return cosines;
  }

  private static float cosine(float[] units, int from, float[] text) {
    double sum = 0;
    for (int i = 0; i < text.length; i++) {
      sum += (double) units[from + i] * text[i];
    }
    return (float) Math.clamp(sum, -1.0, 1.0);
  }
}
