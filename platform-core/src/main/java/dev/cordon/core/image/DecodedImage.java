package dev.cordon.core.image;

import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;

/**
 * An upright picture without metadata, the media type it came as, and its quality. It may have been
 * decoded smaller than it is; then all of its pixels are decoded once, when the first is asked for.
 * Closing it makes room for the next picture.
 */
public final class DecodedImage implements Picture, AutoCloseable {
  private final RgbImage image;
  private final ImageGeometry geometry;
  private final String mediaType;
  private final ImageQuality quality;
  private final Full full;
  private final PixelRoom.Place place;
  private RgbImage pixels;

  /** Decodes every pixel. */
  interface Full {
    RgbImage decode() throws ImageRefused;
  }

  DecodedImage(
      RgbImage image, ImageGeometry geometry, String mediaType, Full full, PixelRoom.Place place) {
    this.image = image;
    this.geometry = geometry;
    this.mediaType = mediaType;
    this.quality = ImageQuality.of(image);
    this.full = full;
    this.place = place;
  }

  @Override
  public ImageGeometry geometry() {
    return geometry;
  }

  @Override
  public RgbImage whole() {
    return image;
  }

  @Override
  public synchronized RgbImage full() throws PluginException {
    if (image.width() == geometry.width() && image.height() == geometry.height()) {
      return image;
    }
    if (pixels == null) {
      try {
        pixels = full.decode();
      } catch (ImageRefused e) {
        throw new PluginException(PluginException.Kind.UNAVAILABLE, e.getMessage(), e);
      }
    }
    return pixels;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Measured on the picture as it was decoded first. */
  public ImageQuality quality() {
    return quality;
  }

  @Override
  public void close() {
    place.close();
  }
}
