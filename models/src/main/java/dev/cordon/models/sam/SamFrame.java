package dev.cordon.models.sam;

import dev.cordon.spi.ImageGeometry;

/**
 * The square in which segmenters of the SAM family see an image: the longer side is {@link #SIDE},
 * the rest below or to the right of the image is padding (ResizeLongestSide of segment-anything).
 */
public record SamFrame(ImageGeometry image) {
  public static final int SIDE = 1024;

  /** Where a horizontal place of the image lies in the frame. */
  public double x(double pixel) {
    return pixel * width() / image.width();
  }

  /** Where a vertical place of the image lies in the frame. */
  public double y(double pixel) {
    return pixel * height() / image.height();
  }

  /** The image's width in the frame. */
  public int width() {
    return scaled(image.width());
  }

  /** The image's height in the frame. */
  public int height() {
    return scaled(image.height());
  }

  /** Rounded as the exported decoder rounds; a side too thin for the frame is left with 1. */
  private int scaled(int side) {
    double scale = (double) SIDE / Math.max(image.width(), image.height());
    return Math.max(1, (int) (side * scale + 0.5));
  }
}
