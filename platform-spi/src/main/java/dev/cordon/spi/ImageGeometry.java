package dev.cordon.spi;

/** Width and height of the upright image in pixels, both at least 1. */
public record ImageGeometry(int width, int height) {
  public ImageGeometry {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image has at least one pixel");
    }
  }

  /** The region that covers the whole image. */
  public Region whole() {
    return new Region(0, 0, width, height);
  }
}
