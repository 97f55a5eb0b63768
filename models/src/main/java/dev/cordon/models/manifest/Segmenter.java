package dev.cordon.models.manifest;

import dev.cordon.models.manifest.Preprocessing.Filter;
import java.util.List;

/**
 * The two graphs of a segmenter of the SAM family. What the decoder takes besides the embedding has
 * the family's own names and shapes, so a manifest does not say it.
 */
public record Segmenter(Encoder encoder, Decoder decoder) {
  public Segmenter {
    Field.present("segmenter.encoder", encoder);
    Field.present("segmenter.decoder", decoder);
  }

  /**
   * The graph that embeds a picture, and how the picture is prepared: its longer side becomes the
   * side of the input's square, then (value x range / 255 - mean) / std per channel; the rest of
   * the square, below or to the right, is 0.
   */
  public record Encoder(
      String graph,
      Tensor input,
      Tensor embedding,
      Filter resize,
      double range,
      List<Double> mean,
      List<Double> std) {
    public Encoder {
      Field.text("segmenter.encoder.graph", graph);
      Field.present("segmenter.encoder.input", input);
      Field.present("segmenter.encoder.embedding", embedding);
      Field.present("segmenter.encoder.resize", resize);
      Field.positive("segmenter.encoder.range", range);
      mean = Preprocessing.channels("segmenter.encoder.mean", mean);
      std = Preprocessing.channels("segmenter.encoder.std", std);
      std.forEach(s -> Field.positive("segmenter.encoder.std", s));
      fixed("segmenter.encoder.embedding", embedding);
    }

    private static void fixed(String name, Tensor tensor) {
      if (tensor.shape().contains(Tensor.FREE)) {
        throw new IllegalArgumentException("`" + name + "` has a free dimension");
      }
    }
  }

  /** The graph that turns an embedding and a prompt into masks with their predicted quality. */
  public record Decoder(String graph, Tensor masks, Tensor scores) {
    public Decoder {
      Field.text("segmenter.decoder.graph", graph);
      Field.present("segmenter.decoder.masks", masks);
      Field.present("segmenter.decoder.scores", scores);
    }
  }
}
