package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;

/** Takes pixels in stored order and keeps them upright. */
final class UprightCanvas {
  private final int width;
  private final int height;
  private final Orientation orientation;
  private final byte[] rgb;

  UprightCanvas(int width, int height, Orientation orientation) {
    this.width = width;
    this.height = height;
    this.orientation = orientation;
    this.rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
  }

  void set(int x, int y, int red, int green, int blue) {
    int at = 3 * orientation.target(x, y, width, height);
    rgb[at] = (byte) red;
    rgb[at + 1] = (byte) green;
    rgb[at + 2] = (byte) blue;
  }

  /** As {@link #set}, composited on white; everything from 0 to 255. */
  void blend(int x, int y, int red, int green, int blue, int alpha) {
    set(x, y, onWhite(red, alpha), onWhite(green, alpha), onWhite(blue, alpha));
  }

  private static int onWhite(int sample, int alpha) {
    return (sample * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  RgbImage image() {
    return orientation.swapsSides()
        ? new RgbImage(height, width, rgb)
        : new RgbImage(width, height, rgb);
  }
}
