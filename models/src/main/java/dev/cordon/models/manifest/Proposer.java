package dev.cordon.models.manifest;

import dev.cordon.models.manifest.Preprocessing.Filter;
import dev.cordon.models.manifest.Preprocessing.Fit;
import dev.cordon.models.manifest.Preprocessing.Rounding;
import java.util.List;

/**
 * The graph of a proposal model: a picture, squashed to the input's square and normalised as (value
 * x range / 255 - mean) / std per channel, to boxes of things of whatever kind and their scores.
 *
 * @param boxes left, top, right and bottom of each box, as parts of the picture's sides
 * @param scores of each box; the higher, the likelier a thing
 */
public record Proposer(
    String graph,
    Tensor input,
    Tensor boxes,
    Tensor scores,
    Filter resize,
    double range,
    List<Double> mean,
    List<Double> std) {
  /** Longest side of an input; a larger one would fill memory and tell no more. */
  public static final int MOST_SIDE = 2048;

  public Proposer {
    Field.text("proposer.graph", graph);
    List<Long> shape = Field.present("proposer.input", input).shape();
    long side = shape.isEmpty() ? 0 : shape.getLast();
    if (side < 1 || side > MOST_SIDE) {
      throw new IllegalArgumentException(
          "`proposer.input.shape` does not end in a side of 1 to " + MOST_SIDE);
    }
    require("proposer.input", input, List.of(1L, 3L, side, side));
    require("proposer.boxes", boxes, List.of(Tensor.FREE, 4L));
    require("proposer.scores", scores, List.of(Tensor.FREE));
    Field.present("proposer.resize", resize);
    Field.positive("proposer.range", range);
    mean = Preprocessing.channels("proposer.mean", mean);
    std = Preprocessing.channels("proposer.std", std);
    std.forEach(s -> Field.positive("proposer.std", s));
  }

  /** How a picture becomes the graph's input. */
  public Preprocessing preprocessing() {
    int side = Math.toIntExact(input.shape().getLast());
    return new Preprocessing(
        side, resize, Fit.SQUASH, Rounding.HALF_EVEN, Rounding.DOWN, range, mean, std);
  }

  private static void require(String name, Tensor tensor, List<Long> shape) {
    Field.present(name, tensor);
    if (tensor.type() != Tensor.Type.FLOAT32 || !tensor.shape().equals(shape)) {
      throw new IllegalArgumentException("`" + name + "` is not float32 of " + shape);
    }
  }
}
