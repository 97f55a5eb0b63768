package dev.cordon.spi;

/**
 * A rectangle in pixels of the upright image: left, top, width and height; width and height at
 * least 1.
 */
public record Region(int x, int y, int width, int height) {
  public Region {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a region starts at 0 or later and has at least one pixel");
    }
  }

  /** True when no part of the region lies outside the image. */
  public boolean isInside(ImageGeometry image) {
    return x <= image.width() - width && y <= image.height() - height;
  }
}
