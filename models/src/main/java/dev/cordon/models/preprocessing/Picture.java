package dev.cordon.models.preprocessing;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;

/**
 * An upright picture, which may be held smaller than it is as long as nobody asks for a part of it.
 */
public interface Picture {
  /** The size that regions refer to. */
  ImageGeometry geometry();

  /** All of the picture, by as many pixels as a tower needs. */
  RgbImage whole();

  /** All of the picture, pixel by pixel; the same object for every call. */
  RgbImage full() throws PluginException;

  /** A picture whose pixels are all there. */
  static Picture of(RgbImage image) {
    return new Picture() {
      @Override
      public ImageGeometry geometry() {
        return new ImageGeometry(image.width(), image.height());
      }

      @Override
      public RgbImage whole() {
        return image;
      }

      @Override
      public RgbImage full() {
        return image;
      }
    };
  }
}
