package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.ImageQuality;

/**
 * When the image itself is too poor to say much: nearly one shade, nearly black or nearly white.
 * The limits are conventions far outside of usable photographs, not measured optima.
 */
final class Abstention {
  /** What is left for the labels of a poor image; the rest is {@code uncertain}. */
  static final float SHARE = 0.1f;

  private static final double LEAST_CONTRAST = 0.01;
  private static final double LEAST_BRIGHTNESS = 0.02;

  private Abstention() {}

  static boolean isDue(ImageQuality quality) {
    return quality.contrast() < LEAST_CONTRAST
        || quality.brightness() < LEAST_BRIGHTNESS
        || quality.brightness() > 1 - LEAST_BRIGHTNESS;
  }
}
