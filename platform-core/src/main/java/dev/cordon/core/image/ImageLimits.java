package dev.cordon.core.image;

import dev.cordon.core.image.ImageRefused.Reason;

/** The largest image that is decoded: bytes of the file, longer side and pixels in all. */
public record ImageLimits(long maxBytes, int maxSide, long maxPixels) {
  /** What one array of RGB bytes can hold. */
  private static final long ADDRESSABLE = Integer.MAX_VALUE / 3;

  /** 20 MB, 20,000 pixels a side, 50 megapixels. */
  public static final ImageLimits DEFAULT = new ImageLimits(20_000_000, 20_000, 50_000_000);

  public ImageLimits {
    if (maxBytes < 1 || maxSide < 1 || maxPixels < 1 || maxPixels > ADDRESSABLE) {
      throw new IllegalArgumentException(
          "image limits are at least 1, and at most " + ADDRESSABLE + " pixels");
    }
  }

  void admit(byte[] file) throws ImageRefused {
    if (file.length > maxBytes) {
      throw new ImageRefused(
          Reason.TOO_LARGE, "the file has more than " + maxBytes + " bytes; send a smaller one");
    }
  }

  /** To be called as soon as a header was read, before anything is sized by it. */
  void admit(int width, int height) throws ImageRefused {
    if (width < 1 || height < 1) {
      throw ImageRefused.damaged();
    }
    if (width > maxSide || height > maxSide || (long) width * height > maxPixels) {
      throw new ImageRefused(
          Reason.TOO_LARGE,
          "the image has a side over %d or more than %d pixels; scale it down"
              .formatted(maxSide, maxPixels));
    }
  }
}
