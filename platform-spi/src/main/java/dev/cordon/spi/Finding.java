package dev.cordon.spi;

import java.util.List;

/** One thing said of the image; the score is a calibrated probability in [0, 1]. */
public sealed interface Finding {
  /** Label of the tag that says none of the asked labels applies. */
  String NONE_OF_THESE = "none of these";

  /** Label of the tag that says the image is too poor, or the model too unsure, to say more. */
  String UNCERTAIN = "uncertain";

  float score();

  /** A label of the whole image. */
  record Tag(String label, float score) implements Finding {}

  /** A label of a region. */
  record Box(String label, float score, Region box) implements Finding {}

  /**
   * Where to click for a label: points, a box and a low-resolution mask of logits, or null for
   * none.
   */
  record SegmentationPrompt(
      String label, float score, List<PromptPoint> points, Region box, LowResolutionMask mask)
      implements Finding {
    public SegmentationPrompt {
      points = List.copyOf(points);
    }
  }

  /** A sentence about the image in one language (BCP 47). */
  record Caption(String text, float score, String language) implements Finding {}

  /** An item of a collection. */
  record Match(String item, float score) implements Finding {}

  /** A point in pixels of the upright image, on the thing or off it. */
  record PromptPoint(int x, int y, boolean positive) {}

  /** Mask logits, row by row from the top; values has width x height entries. */
  record LowResolutionMask(int width, int height, List<Float> logits) {
    public LowResolutionMask {
      logits = List.copyOf(logits);
      if (width < 1 || height < 1 || logits.size() != (long) width * height) {
        throw new IllegalArgumentException("a mask has width x height logits");
      }
    }
  }
}
