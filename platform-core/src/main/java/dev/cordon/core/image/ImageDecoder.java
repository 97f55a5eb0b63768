package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.ImageGeometry;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Decodes JPEG, PNG and WebP within limits, or refuses. Thread-safe; no more pictures are decoded
 * at the same time than there are processors, so that their memory is bounded.
 */
public final class ImageDecoder {
  /** How many pixels of a smaller decode a tower's pixel is made of, along each side. */
  private static final int KEPT = 3;

  /** The greatest reduction that the JPEG decoder has. */
  private static final int MOST_REDUCTION = 8;

  private final ImageLimits limits;
  private final NativeCodec codec = new NativeCodec();
  private final PixelRoom room = new PixelRoom(Runtime.getRuntime().maxMemory());
  private final JdkCodec jdk = new JdkCodec();
  private final Semaphore running = new Semaphore(Runtime.getRuntime().availableProcessors());

  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /** As below, every pixel of every picture. */
  public DecodedImage decode(byte[] bytes) throws ImageRefused {
    return decode(bytes, Integer.MAX_VALUE);
  }

  /**
   * Gives the upright picture in RGB, alpha on white, colour profiles ignored. Decodes large JPEGs
   * smaller, as long as their shorter side keeps three times the pixels of {@code side}: what is
   * left is still scaled with its own filter, so that nothing aliases. Every fault of the bytes or
   * of a codec becomes a refusal.
   */
  public DecodedImage decode(byte[] bytes, int side) throws ImageRefused {
    limits.admit(bytes);
    try {
      Container container = Container.walk(bytes, limits);
      // All of its pixels, though it may be decoded smaller: somebody may ask for a part of it.
      PixelRoom.Place place = room.take((long) container.width() * container.height());
      try {
        return decode(container, side, place);
      } catch (ImageRefused | RuntimeException | Error e) {
        place.close();
        throw e;
      }
    } catch (RuntimeException _) {
      // Reading past the end: the bytes are at fault, not the host.
      throw ImageRefused.damaged();
    }
  }

  private DecodedImage decode(Container container, int side, PixelRoom.Place place)
      throws ImageRefused {
    RgbImage image = decode(container, reduction(container, side));
    boolean swaps = Orientation.of(container.exif()).swapsSides();
    ImageGeometry geometry =
        swaps
            ? new ImageGeometry(container.height(), container.width())
            : new ImageGeometry(container.width(), container.height());
    return new DecodedImage(
        image, geometry, container.format().mediaType(), () -> decode(container, 1), place);
  }

  private int reduction(Container container, int side) {
    long shorter = Math.min(container.width(), container.height());
    int reduction = 1;
    while (reduction < MOST_REDUCTION && shorter / (2L * reduction) >= (long) KEPT * side) {
      reduction *= 2;
    }
    return reduction;
  }

  private RgbImage decode(Container container, int reduction) throws ImageRefused {
    running.acquireUninterruptibly();
    try {
      return switch (container.format()) {
        case JPEG ->
            switch (container.colours()) {
              case USUAL -> codec.jpeg(container, reduction);
              case PLAIN_INKS -> jdk.decode(container);
            };
        case PNG -> jdk.decode(container);
        case WEBP -> codec.webp(container);
      };
    } catch (ImageRefused e) {
      throw e;
    } catch (OutOfMemoryError _) {
      // Others use the memory; the bytes are within the limits.
      throw PixelRoom.full();
    } catch (IOException | RuntimeException | VirtualMachineError | AssertionError _) {
      // Whatever a codec throws: the bytes are at fault, not the host.
      throw ImageRefused.damaged();
    } finally {
      running.release();
    }
  }
}
