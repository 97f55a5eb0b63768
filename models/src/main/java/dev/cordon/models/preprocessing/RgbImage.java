package dev.cordon.models.preprocessing;

import dev.cordon.spi.Region;

/**
 * An upright image: 8-bit RGB, row by row from the top, {@code rgb.length == 3 * width * height}.
 * The array is shared, not copied; nobody writes to it once the image exists.
 */
public record RgbImage(int width, int height, byte[] rgb) {
  public RgbImage {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException("an image has 3 x width x height bytes");
    }
  }

  /** A copy of a region that lies inside, as {@link #rgb} holds the whole. */
  public byte[] part(Region region) {
    byte[] part = new byte[3 * region.width() * region.height()];
    for (int row = 0; row < region.height(); row++) {
      int from = 3 * ((region.y() + row) * width + region.x());
      System.arraycopy(rgb, from, part, 3 * row * region.width(), 3 * region.width());
    }
    return part;
  }
}
