package dev.cordon.spi;

import java.util.Arrays;
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

  /** Logits of a mask, one a cell; a value that never changes, equal to one of equal logits. */
  final class LowResolutionMask {
    private final int width;
    private final int height;
    private final float[] logits;

    /** Copies the logits: width x height of them, row by row from the top. */
    public LowResolutionMask(int width, int height, float[] logits) {
      if (width < 1 || height < 1 || logits.length != (long) width * height) {
        throw new IllegalArgumentException("a mask has width x height logits");
      }
      this.width = width;
      this.height = height;
      this.logits = logits.clone();
    }

    public int width() {
      return width;
    }

    public int height() {
      return height;
    }

    /** The logit of one cell; rows and columns count from 0 at the top left. */
    public float logit(int row, int column) {
      if (row < 0 || row >= height || column < 0 || column >= width) {
        throw new IndexOutOfBoundsException("the mask has no such cell");
      }
      return logits[row * width + column];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LowResolutionMask mask
          && width == mask.width
          && Arrays.equals(logits, mask.logits);
    }

    @Override
    public int hashCode() {
      return 31 * width + Arrays.hashCode(logits);
    }

    @Override
    public String toString() {
      return "LowResolutionMask[" + width + " x " + height + "]";
    }
  }
}
