package dev.cordon.models.sam;

import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A prompt as the family's decoder takes it: points in the frame with the labels 1 on and 0 off the
 * thing, then the box by its corners with 2 and 3, or a padding point with -1 where there is no
 * box; and the rough mask, where there is one.
 */
public record SamPrompt(List<Point> points, Optional<LowResolutionMask> mask) {
  /** Side of the rough mask. */
  public static final int MASK_SIDE = 256;

  /** A place in the frame with its label. */
  public record Point(double x, double y, int label) {}

  public SamPrompt {
    points = List.copyOf(points);
  }

  /** The prompt about an image of this size. */
  public static SamPrompt of(Finding.SegmentationPrompt prompt, ImageGeometry image) {
    SamFrame frame = new SamFrame(image);
    List<Point> points = new ArrayList<>();
    for (PromptPoint point : prompt.points()) {
      points.add(at(frame, point.x(), point.y(), point.positive() ? 1 : 0));
    }
    Region box = prompt.box();
    if (box == null) {
      points.add(new Point(0, 0, -1));
    } else {
      points.add(at(frame, box.x(), box.y(), 2));
      points.add(at(frame, box.x() + box.width(), box.y() + box.height(), 3));
    }
    return new SamPrompt(points, Optional.ofNullable(prompt.mask()));
  }

  private static Point at(SamFrame frame, int x, int y, int label) {
    return new Point(frame.x(x), frame.y(y), label);
  }
}
