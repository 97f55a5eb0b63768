package dev.cordon.core.image;

import java.nio.ByteBuffer;

/**
 * A JPEG frame header (ITU-T T.81, B.2.2): size in pixels, number of components, whether these are
 * named R, G and B, and a lower bound of the 8 x 8 blocks that the picture has.
 */
record JpegFrame(int width, int height, int components, boolean namesRgb, long blocks) {
  static JpegFrame read(ByteBuffer in, ImageLimits limits) throws ImageRefused {
    int precision = in.get();
    int height = in.getShort() & 0xffff;
    int width = in.getShort() & 0xffff;
    int components = in.get();
    if (height == 0) {
      // The height would follow the first scan; nothing writes this.
      throw unsupported();
    }
    limits.admit(width, height);
    if (precision != 8 || components != 1 && components != 3 && components != 4) {
      throw unsupported();
    }
    var names = new StringBuilder();
    int across = 1;
    int down = 1;
    int first = 0x11;
    for (int i = 0; i < components; i++) {
      names.append((char) in.get());
      int sampling = in.get();
      in.get();
      first = i == 0 ? sampling : first;
      across = Math.max(across, sampling >> 4);
      down = Math.max(down, sampling & 0xf);
    }
    long columns = ((long) width * (first >> 4) / across + 7) / 8;
    long rows = ((long) height * (first & 0xf) / down + 7) / 8;
    return new JpegFrame(width, height, components, names.toString().equals("RGB"), columns * rows);
  }

  static ImageRefused unsupported() {
    return ImageRefused.unsupported(
        "this kind of jpeg is not accepted; save it as baseline or progressive, 8 bits");
  }
}
