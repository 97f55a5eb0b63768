package dev.cordon.core.image;

import dev.cordon.core.image.ImageRefused.Reason;

/**
 * A file that was walked from its first to its last byte: the size its header states, how it stores
 * colours, its EXIF block (TIFF bytes, empty for none), and {@code bare}, the same picture with
 * every part left out that a decoder does not need.
 */
record Container(Format format, int width, int height, Colours colours, byte[] exif, byte[] bare) {
  /** A larger EXIF block is ignored; JPEG cannot hold one. */
  static final int MOST_EXIF = 65_533;

  static final byte[] NO_EXIF = {};

  /** Recognised by their first bytes, never by a name or a stated media type. */
  enum Format {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /** What the samples mean. */
  enum Colours {
    /** What every codec knows. */
    USUAL,
    /** Inks of which 255 is full; Adobe's programs write them the other way round. */
    PLAIN_INKS
  }

  static Container walk(byte[] file, ImageLimits limits) throws ImageRefused {
    return switch (Signature.formatOf(file)) {
      case JPEG -> JpegWalk.walk(file, limits);
      case PNG -> PngWalk.walk(file, limits);
      case WEBP -> WebpWalk.walk(file, limits);
    };
  }

  /** Zero bytes may follow a picture, as some cameras and tools pad their files. */
  static void refuseTail(byte[] file, int end) throws ImageRefused {
    if (skipZeros(file, end) < file.length) {
      throw new ImageRefused(
          Reason.POLYGLOT, "the file goes on after the image; save the image alone");
    }
  }

  static int skipZeros(byte[] file, int from) {
    int at = from;
    while (at < file.length && file[at] == 0) {
      at++;
    }
    return at;
  }
}
