package dev.cordon.models.onnx;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a proposal model said of one picture, every number finite; likeliest first. */
record ProposedBoxes(List<Box> likeliest) {
  /** Regions that a call gets; a plugin compares each, and each costs a run of the model. */
  static final int MOST_REGIONS = 32;

  private static final int MOST_BOXES = 10_000;

  /** Sides as parts of the picture's. */
  record Box(float left, float top, float right, float bottom, float score) {
    boolean isFinite() {
      // One that is no number, or endless, makes the sum so.
      return Float.isFinite(left - left + top - top + right - right + bottom - bottom)
          && Float.isFinite(score);
    }
  }

  /** Of four corners and one score a box; anything else is a fault of the model. */
  static ProposedBoxes of(float[] corners, float[] scores) throws PluginException {
    if (corners.length != 4 * scores.length || scores.length > MOST_BOXES) {
      throw new PluginException(Kind.FAULT, "the proposal model gave boxes of another number");
    }
    List<Box> boxes = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      int at = 4 * i;
      Box box = new Box(corners[at], corners[at + 1], corners[at + 2], corners[at + 3], scores[i]);
      if (!box.isFinite()) {
        throw new PluginException(Kind.FAULT, "the proposal model gave no number");
      }
      boxes.add(box);
    }
    // INVARIANT: the sort is stable, so equal scores keep the graph's order.
    boxes.sort(Comparator.comparing(Box::score).reversed());
    return new ProposedBoxes(List.copyOf(boxes));
  }

  /** Cut to the picture, outward to whole pixels, no region twice; boxes without area are none. */
  List<Region> regions(ImageGeometry picture) {
    Set<Region> regions = new LinkedHashSet<>();
    for (Box box : likeliest) {
      double left = Math.clamp(box.left(), 0.0, 1.0);
      double top = Math.clamp(box.top(), 0.0, 1.0);
      double right = Math.clamp(box.right(), 0.0, 1.0);
      double bottom = Math.clamp(box.bottom(), 0.0, 1.0);
      if (left < right && top < bottom && regions.size() < MOST_REGIONS) {
        int x = (int) Math.floor(left * picture.width());
        int y = (int) Math.floor(top * picture.height());
        int endX = (int) Math.ceil(right * picture.width());
        int endY = (int) Math.ceil(bottom * picture.height());
        regions.add(new Region(x, y, endX - x, endY - y));
      }
    }
    return List.copyOf(regions);
  }
}
