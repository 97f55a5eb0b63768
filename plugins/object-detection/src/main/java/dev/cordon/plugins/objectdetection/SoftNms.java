package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.Finding.Box;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Soft non-maximum suppression of one label's boxes (Bodla and others 2017, Gaussian form): a box
 * loses score by its overlap with better ones instead of vanishing.
 */
final class SoftNms {
  private static final double SIGMA = 0.5;

  private SoftNms() {}

  /** Best first; each score is at most what it was. */
  static List<Box> of(List<Box> boxes) {
    List<Box> left = new ArrayList<>(boxes);
    List<Box> kept = new ArrayList<>(boxes.size());
    while (!left.isEmpty()) {
      // INVARIANT: max takes the first of equals, so the order given decides between them.
      Box best = left.stream().max(Comparator.comparing(Box::score)).orElseThrow();
      left.remove(best);
      kept.add(best);
      left.replaceAll(box -> weakened(box, overlap(box, best)));
    }
    return kept;
  }

  private static Box weakened(Box box, double overlap) {
    return new Box(
        box.label(), (float) (box.score() * Math.exp(-overlap * overlap / SIGMA)), box.box());
  }

  /** Overlap of box with better: the part of the smaller one, as nested boxes are one thing. */
  private static double overlap(Box box, Box better) {
    Region a = box.box();
    Region b = better.box();
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double smaller = Math.min((double) a.width() * a.height(), (double) b.width() * b.height());
    return width * height / smaller;
  }
}
