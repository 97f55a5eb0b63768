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

  /** A whole row of words that hold red, green, blue and nothing, from the highest byte. */
  void setRow(int y, int[] words) {
    int at = 3 * orientation.target(0, y, width, height);
    int step = 3 * orientation.target(Math.min(1, width - 1), y, width, height) - at;
    for (int x = 0; x < width; x++, at += step) {
      rgb[at] = (byte) (words[x] >>> 24);
      rgb[at + 1] = (byte) (words[x] >>> 16);
      rgb[at + 2] = (byte) (words[x] >>> 8);
    }
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
