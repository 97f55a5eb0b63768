package dev.cordon.core.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files byte by byte, right ones and wrong ones. */
final class PngBytes {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int RGBA = 6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PngBytes() {
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
  }

  static PngBytes of(int width, int height, int depth, int colours) {
    var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return new PngBytes().chunk("IHDR", header.put((byte) depth).put((byte) colours).array());
  }

  PngBytes chunk(String type, byte... data) {
    var body = ByteBuffer.allocate(4 + data.length);
    body.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    var sum = new CRC32();
    sum.update(body.array());
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body.array());
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    return this;
  }

  /** Unfiltered rows, without their filter bytes. */
  PngBytes rows(byte[]... rows) {
    var raw = new ByteArrayOutputStream();
    for (byte[] row : rows) {
      raw.write(0);
      raw.writeBytes(row);
    }
    return chunk("IDAT", deflated(raw.toByteArray()));
  }

  static byte[] deflated(byte[] raw) {
    try (var deflater = new Deflater()) {
      deflater.setInput(raw);
      deflater.finish();
      var packed = new byte[raw.length + 64];
      return Arrays.copyOf(packed, deflater.deflate(packed));
    }
  }

  /** The same file with every check sum that its lengths lead to made right. */
  static byte[] withCheckSums(byte[] file) {
    var png = ByteBuffer.wrap(file.clone());
    int at = 8;
    while (at + 12 <= file.length
        && png.getInt(at) >= 0
        && png.getInt(at) <= file.length - at - 12) {
      int length = png.getInt(at);
      var sum = new CRC32();
      sum.update(png.array(), at + 4, length + 4);
      png.putInt(at + 8 + length, (int) sum.getValue());
      at += length + 12;
    }
    return png.array();
  }

  byte[] cutOff() {
    return out.toByteArray();
  }

  byte[] end() {
    return chunk("IEND").cutOff();
  }
}
