package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a picture becomes the image tower's input: brought to {@code size} x {@code size} by {@code
 * fit} and {@code resize}, then (value x range / 255 - mean) / std per channel, in RGB order.
 *
 * @param longerSide how the longer side is rounded to whole pixels
 * @param cropOffset how the crop's left and top are rounded to whole pixels
 */
public record Preprocessing(
    int size,
    Filter resize,
    Fit fit,
    Rounding longerSide,
    Rounding cropOffset,
    double range,
    List<Double> mean,
    List<Double> std) {
  public Preprocessing {
    Field.atLeast("image.preprocessing.size", size, 1);
    Field.present("image.preprocessing.resize", resize);
    Field.present("image.preprocessing.fit", fit);
    Field.present("image.preprocessing.longerSide", longerSide);
    Field.present("image.preprocessing.cropOffset", cropOffset);
    Field.positive("image.preprocessing.range", range);
    mean = channels("image.preprocessing.mean", mean);
    std = channels("image.preprocessing.std", std);
    std.forEach(s -> Field.positive("image.preprocessing.std", s));
  }

  static List<Double> channels(String name, List<Double> values) {
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
    BICUBIC_ANTIALIAS,
    /** Linear interpolation, widened likewise. */
    @JsonProperty("bilinear-antialias")
    BILINEAR_ANTIALIAS
  }

  /** What becomes of pictures that are not square. */
  public enum Fit {
    /** The shorter side becomes {@code size}, the centre is kept. */
    @JsonProperty("crop")
    CROP,
    /** Both sides become {@code size}. */
    @JsonProperty("squash")
    SQUASH
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
