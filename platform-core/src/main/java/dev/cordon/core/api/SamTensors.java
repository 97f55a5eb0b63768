package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.cordon.models.sam.SamPrompt;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.ImageGeometry;
import java.util.List;

/**
 * The inputs of segment-anything's exported decoder but the image's embedding, as nested arrays of
 * its shapes: points with label 1 on and 0 off the thing, then the box by its corners with the
 * labels 2 and 3, or a padding point with label -1 where there is no box. All are float32.
 */
record SamTensors(
    @JsonProperty("point_coords") double[][][] points,
    @JsonProperty("point_labels") int[][] labels,
    @JsonProperty("mask_input") @JsonRawValue String mask,
    @JsonProperty("has_mask_input") int[] hasMask,
    @JsonProperty("orig_im_size") int[] imageSize) {
  private static final int MASK_SIDE = SamPrompt.MASK_SIDE;

  static SamTensors of(Finding.SegmentationPrompt prompt, ImageGeometry image) {
    List<SamPrompt.Point> points = SamPrompt.of(prompt, image).points();
    double[][] coordinates = new double[points.size()][2];
    int[] labels = new int[points.size()];
    for (int i = 0; i < labels.length; i++) {
      coordinates[i] = new double[] {rounded(points.get(i).x()), rounded(points.get(i).y())};
      labels[i] = points.get(i).label();
    }
    return new SamTensors(
        new double[][][] {coordinates},
        new int[][] {labels},
        mask(prompt.mask()),
        new int[] {prompt.mask() == null ? 0 : 1},
        new int[] {image.height(), image.width()});
  }

  /** Hundredths of a pixel of the frame are enough. */
  private static double rounded(double place) {
    return Math.rint(100 * place) / 100;
  }

  /** Written by hand: 65,536 numbers with one decimal at most, and none where it is zero. */
  private static String mask(LowResolutionMask mask) {
    StringBuilder text = new StringBuilder(4 * MASK_SIDE * MASK_SIDE).append("[[[");
    for (int row = 0; row < MASK_SIDE; row++) {
      text.append(row == 0 ? "[" : ",[");
      for (int column = 0; column < MASK_SIDE; column++) {
        if (column > 0) {
          text.append(',');
        }
        float logit = mask == null ? 0 : mask.logit(row, column);
        appendTenths(text, Math.round(10 * logit));
      }
      text.append(']');
    }
    return text.append("]]]").toString();
  }

  private static void appendTenths(StringBuilder text, int tenths) {
    int size = Math.abs(tenths);
    if (tenths < 0) {
      text.append('-');
    }
    text.append(size / 10);
    if (size % 10 != 0) {
      text.append('.').append(size % 10);
    }
  }
}
