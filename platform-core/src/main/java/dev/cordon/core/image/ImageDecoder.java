package dev.cordon.core.image;

import dev.cordon.core.image.ImageRefused.Reason;
import dev.cordon.models.preprocessing.RgbImage;

/** Decodes JPEG, PNG and WebP within limits, or refuses. Thread-safe. */
public final class ImageDecoder {
  private final ImageLimits limits;
  private final ImageIoCodec codec = new ImageIoCodec();

  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Gives the upright picture in RGB, alpha on white, colour profiles ignored. Every fault of the
   * bytes or of a codec becomes a refusal.
   */
  public DecodedImage decode(byte[] bytes) throws ImageRefused {
    limits.admit(bytes);
    try {
      Container container = Container.walk(bytes, limits);
      RgbImage image = codec.decode(container);
      return new DecodedImage(image, container.format().mediaType(), ImageQuality.of(image));
    } catch (ImageRefused e) {
      throw e;
    } catch (OutOfMemoryError _) {
      throw new ImageRefused(
          Reason.TOO_LARGE, "the image needs more memory than there is; scale it down");
    } catch (Exception | VirtualMachineError | AssertionError _) {
      // Reading past the end and whatever a codec throws: the bytes are at fault, not the host.
      throw ImageRefused.damaged();
    }
  }
}
