package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where to click: on the thing from its hottest cell on, off it from the coldest on, each next one
 * as far as it can be from those of its kind. No two points share a pixel.
 */
final class Points {
  private static final int MOST_POSITIVE = 3;
  private static final int MOST_NEGATIVE = 4;

  private Points() {}

  static List<PromptPoint> of(Thing thing, Region box, ImageGeometry image) {
    Comparator<Integer> byHeat = Comparator.comparingDouble(cell -> thing.heat()[cell]);
    List<PromptPoint> on =
        cells(thing)
            .filter(cell -> thing.belongs()[cell])
            .boxed()
            .sorted(byHeat.reversed())
            .map(cell -> point(thing, cell, image, true))
            .toList();
    List<PromptPoint> off =
        cells(thing)
            .filter(cell -> !thing.belongs()[cell])
            .boxed()
            .sorted(byHeat)
            .map(cell -> point(thing, cell, image, false))
            .filter(point -> isOutside(point, box))
            .toList();
    List<PromptPoint> points = new ArrayList<>(spread(on, MOST_POSITIVE));
    points.addAll(spread(off, MOST_NEGATIVE));
    return points;
  }

  private static IntStream cells(Thing thing) {
    return IntStream.range(0, thing.heat().length);
  }

  /** The centre of a cell. */
  private static PromptPoint point(Thing thing, int cell, ImageGeometry image, boolean positive) {
    long x = (2L * (cell % thing.columns()) + 1) * image.width() / (2L * thing.columns());
    long y = (2L * (cell / thing.columns()) + 1) * image.height() / (2L * thing.rows());
    return new PromptPoint((int) x, (int) y, positive);
  }

  private static boolean isOutside(PromptPoint point, Region box) {
    return point.x() < box.x()
        || point.x() >= box.x() + box.width()
        || point.y() < box.y()
        || point.y() >= box.y() + box.height();
  }

  /** The first, then always the one farthest from those taken; of equals the earlier. */
  private static List<PromptPoint> spread(List<PromptPoint> ranked, int most) {
    List<PromptPoint> taken = new ArrayList<>();
    while (taken.size() < most) {
      PromptPoint best = null;
      double farthest = 0;
      for (PromptPoint point : ranked) {
        double distance = nearest(point, taken);
        if (distance > farthest) {
          farthest = distance;
          best = point;
        }
      }
      if (best == null) {
        return taken;
      }
      taken.add(best);
    }
    return taken;
  }

  private static double nearest(PromptPoint point, List<PromptPoint> taken) {
    return taken.stream()
        .mapToDouble(other -> Math.hypot(point.x() - other.x(), point.y() - other.y()))
        .min()
        .orElse(Double.MAX_VALUE);
  }
}
