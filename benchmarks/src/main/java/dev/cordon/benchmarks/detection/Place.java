package dev.cordon.benchmarks.detection;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.List;

/** A rectangle in pixels: left, top, width and height. */
record Place(double x, double y, double width, double height) {
  static Place of(Region region) {
    return new Place(region.x(), region.y(), region.width(), region.height());
  }

  static Place whole(ImageGeometry image) {
    return new Place(0, 0, image.width(), image.height());
  }

  /** Half as wide and high as the image, in its middle. */
  static Place centre(ImageGeometry image) {
    return new Place(
        image.width() / 4.0, image.height() / 4.0, image.width() / 2.0, image.height() / 2.0);
  }

  Point middle() {
    return new Point(x + width / 2, y + height / 2);
  }

  /** Intersection over union. */
  double overlap(Place other) {
    double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    double common = across * down;
    return common / (width * height + other.width * other.height - common);
  }

  /** A point in pixels. */
  record Point(double x, double y) {
    boolean isInOneOf(List<Place> places) {
      return places.stream()
          .anyMatch(p -> x >= p.x && x <= p.x + p.width && y >= p.y && y <= p.y + p.height);
    }
  }
}
