package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a picture becomes the image tower's input: shorter side to {@code size} by {@code resize},
 * centre crop to {@code size} x {@code size}, then (value x range / 255 - mean) / std per channel,
 * in RGB order.
 *
 * @param longerSide how the longer side is rounded to whole pixels
 * @param cropOffset how the crop's left and top are rounded to whole pixels
 */
public record Preprocessing(
    int size,
    Filter resize,
    Rounding longerSide,
    Rounding cropOffset,
    double range,
    List<Double> mean,
    List<Double> std) {
  public Preprocessing {
    Field.atLeast("image.preprocessing.size", size, 1);
    Field.present("image.preprocessing.resize", resize);
    Field.present("image.preprocessing.longerSide", longerSide);
    Field.present("image.preprocessing.cropOffset", cropOffset);
    Field.positive("image.preprocessing.range", range);
    mean = channels("image.preprocessing.mean", mean);
    std = channels("image.preprocessing.std", std);
    std.forEach(s -> Field.positive("image.preprocessing.std", s));
  }

  private static List<Double> channels(String name, List<Double> values) {
    List<Double> three = Field.list(name, values);
    if (three.size() != 3) {
      throw new IllegalArgumentException("`" + name + "` does not have three channels");
    }
    return three;
  }

  /** Resampling filters a package may name. */
  public enum Filter {
    /** Cubic convolution with a = -0.5, widened by the scale when it shrinks (as Pillow does). */
    @JsonProperty("bicubic-antialias")
    BICUBIC_ANTIALIAS
  }

  /** Ways to round a position or length to whole pixels. */
  public enum Rounding {
    /** To the nearest integer, halves to the even one. */
    @JsonProperty("half-even")
    HALF_EVEN,
    /** Down to the integer below. */
    @JsonProperty("down")
    DOWN
  }
}
