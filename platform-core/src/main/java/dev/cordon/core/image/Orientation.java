package dev.cordon.core.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import java.util.Set;

/** How a stored picture is turned upright: the values 1 to 8 of EXIF's tag 0x0112. */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  FLIPPED,
  TRANSPOSED,
  LYING_ON_LEFT,
  TRANSVERSED,
  LYING_ON_RIGHT;

  /** Reads the TIFF bytes of an EXIF block; what is broken or absent counts as upright. */
  static Orientation of(byte[] exif) {
    if (exif.length == 0) {
      return UPRIGHT;
    }
    var metadata = new Metadata();
    try {
      new TiffReader().processTiff(new ByteArrayReader(exif), new FirstDirectory(metadata), 0);
    } catch (TiffProcessingException | IOException | RuntimeException _) {
      // What was read before the fault is used: the tag stands near the start.
    }
    var directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer tag =
        directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return tag == null || tag < 1 || tag > values().length ? UPRIGHT : values()[tag - 1];
  }

  boolean swapsSides() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /** Index of the upright pixel that shows the stored pixel; width and height as stored. */
  int target(int x, int y, int width, int height) {
    return switch (this) {
      case UPRIGHT -> y * width + x;
      case MIRRORED -> y * width + width - 1 - x;
      case UPSIDE_DOWN -> (height - 1 - y) * width + width - 1 - x;
      case FLIPPED -> (height - 1 - y) * width + x;
      case TRANSPOSED -> x * height + y;
      case LYING_ON_LEFT -> x * height + height - 1 - y;
      case TRANSVERSED -> (width - 1 - x) * height + height - 1 - y;
      case LYING_ON_RIGHT -> (width - 1 - x) * height + y;
    };
  }

  /** Reads IFD0 alone, so that maker notes, thumbnails and endless chains are never entered. */
  private static final class FirstDirectory extends ExifTiffHandler {
    FirstDirectory(Metadata metadata) {
      super(metadata, null, 0);
    }

    @Override
    public boolean tryEnterSubIfd(int tag) {
      return false;
    }

    @Override
    public boolean hasFollowerIfd() {
      return false;
    }

    @Override
    public boolean customProcessTag(
        int offset, Set<Integer> visited, int start, RandomAccessReader reader, int tag, int size) {
      return false;
    }
  }
}
