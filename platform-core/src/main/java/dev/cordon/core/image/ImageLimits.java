package dev.cordon.core.image;

/** The largest image that is decoded: bytes of the file, longer side and pixels in all. */
public record ImageLimits(long maxBytes, int maxSide, long maxPixels) {
  /** 20 MB, 20,000 pixels a side, 50 megapixels. */
  public static final ImageLimits DEFAULT = new ImageLimits(20_000_000, 20_000, 50_000_000);

  public ImageLimits {
    if (maxBytes < 1 || maxSide < 1 || maxPixels < 1) {
      throw new IllegalArgumentException("image limits are at least 1");
    }
  }
}
