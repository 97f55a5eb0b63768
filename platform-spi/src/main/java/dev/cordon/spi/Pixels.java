package dev.cordon.spi;

/** The upright image's pixels, for plugins with {@link Permission#PIXELS}. */
public interface Pixels {
  /**
   * Copies a region's pixels: RGB, 8 bits each, row by row from the top; length 3 x width x height.
   */
  byte[] rgb(Region region) throws PluginException;
}
