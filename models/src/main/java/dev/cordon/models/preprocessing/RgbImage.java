package dev.cordon.models.preprocessing;

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
}
