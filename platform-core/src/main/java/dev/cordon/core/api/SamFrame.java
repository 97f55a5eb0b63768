package dev.cordon.core.api;

import dev.cordon.spi.ImageGeometry;

/**
 * The square in which segmenters of the SAM family see an image: the longer side is 1,024, the rest
 * below or to the right of the image is padding (ResizeLongestSide of segment-anything).
 */
record SamFrame(ImageGeometry image) {
  static final int SIDE = 1024;

  double x(double pixel) {
    return pixel * width() / image.width();
  }

  double y(double pixel) {
    return pixel * height() / image.height();
  }

  int width() {
    return scaled(image.width());
  }

  int height() {
    return scaled(image.height());
  }

  /** Rounded as the exported decoder rounds; a side too thin for the frame is left with 1. */
  private int scaled(int side) {
    double scale = (double) SIDE / Math.max(image.width(), image.height());
    return Math.max(1, (int) (side * scale + 0.5));
  }
}
