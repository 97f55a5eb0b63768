package dev.cordon.core.image;

import dev.cordon.core.image.Container.Colours;
import dev.cordon.core.image.Container.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks a WebP chunk by chunk (RFC 9649) and keeps the one still picture and its alpha plane. */
final class WebpWalk {
  private static final int RIFF_HEADER = 12;
  private static final int ALPHA_FLAG = 0x10;

  private final ByteBuffer in;
  private final ImageLimits limits;
  private ByteBuffer picture;
  private ByteBuffer alpha;
  private byte[] exif = Container.NO_EXIF;
  private String kind = "";
  private int width;
  private int height;
  private int canvasWidth;
  private int canvasHeight;

  private WebpWalk(ByteBuffer in, ImageLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  static Container walk(byte[] file, ImageLimits limits) throws ImageRefused {
    var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long end = 8 + Integer.toUnsignedLong(in.getInt(4));
    // A file that is cut off may still state its size; the size is refused first.
    in.position(RIFF_HEADER).limit((int) Math.min(end, file.length));
    var walk = new WebpWalk(in, limits);
    walk.chunks();
    if (end > file.length || walk.picture == null || walk.isOddCanvas()) {
      throw ImageRefused.damaged();
    }
    Container.refuseTail(file, (int) end);
    return new Container(
        Format.WEBP, walk.width, walk.height, Colours.USUAL, walk.exif, walk.bare());
  }

  private boolean isOddCanvas() {
    return canvasWidth != 0 && (canvasWidth != width || canvasHeight != height);
  }

  private void chunks() throws ImageRefused {
    while (in.hasRemaining()) {
      byte[] name = new byte[4];
      in.get(name);
      int length = in.getInt();
      String type = new String(name, StandardCharsets.ISO_8859_1);
      if (length < 0 || length > in.remaining()) {
        header(type, in.slice().order(ByteOrder.LITTLE_ENDIAN));
        throw ImageRefused.damaged();
      }
      ByteBuffer data = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      header(type, data);
      keep(type, data);
      // A chunk of odd length is followed by one byte, which the last one may lack.
      in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
    }
  }

  private void header(String type, ByteBuffer data) throws ImageRefused {
    switch (type) {
      case "VP8X" -> {
        canvasWidth = 1 + (data.getInt(4) & 0xffffff);
        canvasHeight = 1 + (data.getInt(6) >>> 8);
        limits.admit(canvasWidth, canvasHeight);
      }
      case "VP8 " -> {
        int tag = data.getShort(0) & 0xffff | (data.get(2) & 0xff) << 16;
        boolean isKeyFrame = (tag & 1) == 0;
        if (!isKeyFrame || data.get(3) != (byte) 0x9d || data.getShort(4) != 0x2a01) {
          throw ImageRefused.damaged();
        }
        width = data.getShort(6) & 0x3fff;
        height = data.getShort(8) & 0x3fff;
        limits.admit(width, height);
        if (tag >> 5 > data.limit() - 10) {
          throw ImageRefused.damaged();
        }
      }
      case "VP8L" -> {
        if (data.get(0) != 0x2f) {
          throw ImageRefused.damaged();
        }
        int size = data.getInt(1);
        width = 1 + (size & 0x3fff);
        height = 1 + (size >> 14 & 0x3fff);
        limits.admit(width, height);
      }
      default -> {
        // No other chunk states a size.
      }
    }
  }

  private void keep(String type, ByteBuffer data) throws ImageRefused {
    switch (type) {
      case "VP8 ", "VP8L" -> {
        if (picture != null) {
          throw ImageRefused.damaged();
        }
        kind = type;
        picture = data;
      }
      case "ALPH" -> alpha = data;
      case "ANIM", "ANMF" ->
          throw ImageRefused.unsupported("an animation is not accepted; send a still image");
      case "EXIF" -> {
        if (data.limit() <= Container.MOST_EXIF) {
          exif = new byte[data.limit()];
          data.get(0, exif);
        }
      }
      default -> {
        // Colour profiles, XMP and what nobody knows stay behind.
      }
    }
  }

  private byte[] bare() {
    boolean hasAlpha = alpha != null && kind.equals("VP8 ");
    int length = RIFF_HEADER + padded(picture) + (hasAlpha ? 18 + padded(alpha) : 0);
    var out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    put(out, "RIFF").putInt(length - 8);
    put(out, "WEBP");
    if (hasAlpha) {
      put(out, "VP8X").putInt(10).putInt(ALPHA_FLAG);
      out.putShort((short) (width - 1)).put((byte) 0);
      out.putShort((short) (height - 1)).put((byte) 0);
      chunk(out, "ALPH", alpha);
    }
    chunk(out, kind, picture);
    return out.array();
  }

  private static int padded(ByteBuffer data) {
    return 8 + data.limit() + (data.limit() & 1);
  }

  private static void chunk(ByteBuffer out, String type, ByteBuffer data) {
    int end = out.position() + padded(data);
    put(out, type).putInt(data.limit()).put(data.duplicate().rewind());
    out.position(end);
  }

  private static ByteBuffer put(ByteBuffer out, String type) {
    return out.put(type.getBytes(StandardCharsets.ISO_8859_1));
  }
}
