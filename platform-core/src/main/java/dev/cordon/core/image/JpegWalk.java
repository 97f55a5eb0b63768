package dev.cordon.core.image;

import dev.cordon.core.image.Container.Colours;
import dev.cordon.core.image.Container.Format;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks a JPEG marker by marker (ITU-T T.81, annex B) to its end. Application segments and comments
 * are left behind; what they say of colours is written anew.
 */
final class JpegWalk {
  private static final int MOST_SCANS = 100;
  private static final byte[] JFIF = {
    (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
  };
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0
  };
  private static final int NO_ADOBE = -1;

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteBuffer in;
  private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
  private JpegFrame frame;
  private byte[] exif = Container.NO_EXIF;
  private int adobe = NO_ADOBE;
  private boolean jfif;
  private boolean morePictures;
  private int scans;
  private long entropyBytes;

  private JpegWalk(byte[] file, int from, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = ByteBuffer.wrap(file).position(from);
  }

  static Container walk(byte[] file, ImageLimits limits) throws ImageRefused {
    var walk = new JpegWalk(file, 0, limits);
    walk.segments();
    int end = walk.in.position();
    if (walk.morePictures) {
      end = skipPictures(file, end, limits);
    }
    Container.refuseTail(file, end);
    return walk.container();
  }

  /** Phones append previews and gain maps (CIPA DC-007); each must be a whole JPEG as well. */
  private static int skipPictures(byte[] file, int from, ImageLimits limits) throws ImageRefused {
    int end = from;
    int next = Container.skipZeros(file, end);
    while (next + 1 < file.length && file[next] == (byte) 0xff && file[next + 1] == (byte) 0xd8) {
      var walk = new JpegWalk(file, next, limits);
      walk.segments();
      end = walk.in.position();
      next = Container.skipZeros(file, end);
    }
    return end;
  }

  private void segments() throws ImageRefused {
    in.getShort();
    while (true) {
      int marker = marker();
      switch (marker) {
        case 0xd9 -> {
          finish();
          return;
        }
        case 0xda -> scan();
        case 0xc0, 0xc1, 0xc2 -> {
          if (frame != null) {
            throw ImageRefused.damaged();
          }
          frame = JpegFrame.read(copy(marker), limits);
        }
        case 0xc4, 0xdb, 0xdd -> copy(marker);
        case 0xe0, 0xe1, 0xe2, 0xee -> application(marker, segment());
        case 0xc3, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdc, 0xde ->
            throw JpegFrame.unsupported();
        default -> {
          if (marker < 0xdf) {
            throw ImageRefused.damaged();
          }
          segment();
        }
      }
    }
  }

  private int marker() throws ImageRefused {
    if (in.get() != (byte) 0xff) {
      throw ImageRefused.damaged();
    }
    int marker = 0xff;
    while (marker == 0xff) {
      marker = in.get() & 0xff;
    }
    return marker;
  }

  private ByteBuffer segment() throws ImageRefused {
    int length = (in.getShort() & 0xffff) - 2;
    if (length < 0 || length > in.remaining()) {
      throw ImageRefused.damaged();
    }
    ByteBuffer segment = in.slice(in.position(), length);
    in.position(in.position() + length);
    return segment;
  }

  private ByteBuffer copy(int marker) throws ImageRefused {
    int from = in.position();
    ByteBuffer segment = segment();
    bare.write(0xff);
    bare.write(marker);
    bare.write(file, from, in.position() - from);
    return segment;
  }

  private void scan() throws ImageRefused {
    // Each scan of a progressive picture costs a pass over all of it.
    if (frame == null || ++scans > MOST_SCANS) {
      throw frame == null ? ImageRefused.damaged() : JpegFrame.unsupported();
    }
    copy(0xda);
    int from = in.position();
    int at = from;
    while (file[at] != (byte) 0xff || isEntropy(file[at + 1] & 0xff)) {
      at++;
    }
    bare.write(file, from, at - from);
    entropyBytes += at - from;
    in.position(at);
  }

  /** After 0xff: a stuffed zero, a restart marker, or a fill byte. */
  private static boolean isEntropy(int next) {
    return next == 0 || next == 0xff || next >= 0xd0 && next <= 0xd7;
  }

  private void application(int marker, ByteBuffer segment) {
    if (marker == 0xe0 && startsWith(segment, "JFIF\0")) {
      jfif = true;
    } else if (marker == 0xe1 && startsWith(segment, "Exif\0\0") && exif.length == 0) {
      exif = new byte[segment.remaining() - 6];
      segment.get(6, exif);
    } else if (marker == 0xe2 && startsWith(segment, "MPF\0")) {
      morePictures = true;
    } else if (marker == 0xee && startsWith(segment, "Adobe") && segment.remaining() >= 12) {
      adobe = segment.get(11) & 0xff;
    }
  }

  private static boolean startsWith(ByteBuffer segment, String start) {
    byte[] wanted = start.getBytes(StandardCharsets.ISO_8859_1);
    byte[] actual = new byte[Math.min(wanted.length, segment.remaining())];
    segment.get(0, actual);
    return Arrays.equals(wanted, actual);
  }

  private void finish() throws ImageRefused {
    // Every block takes at least one bit, so a large picture in a small body is refused here,
    // before a decoder makes room for it.
    if (frame == null || scans == 0 || frame.blocks() > 8 * entropyBytes) {
      throw ImageRefused.damaged();
    }
  }

  private Container container() {
    var whole = new ByteArrayOutputStream(bare.size() + 64);
    whole.write(0xff);
    whole.write(0xd8);
    // Without either marker a decoder would have to guess.
    if (jfif || adobe == NO_ADOBE && frame.components() < 4 && !frame.namesRgb()) {
      whole.writeBytes(JFIF);
    }
    if (adobe != NO_ADOBE) {
      whole.writeBytes(ADOBE);
      whole.write(adobe);
    }
    whole.writeBytes(bare.toByteArray());
    whole.write(0xff);
    whole.write(0xd9);
    Colours colours =
        frame.components() == 4 && adobe == NO_ADOBE ? Colours.PLAIN_INKS : Colours.USUAL;
    return new Container(
        Format.JPEG, frame.width(), frame.height(), colours, exif, whole.toByteArray());
  }
}
