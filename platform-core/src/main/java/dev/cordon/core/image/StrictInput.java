package dev.cordon.core.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Fails at the end where others say so: TwelveMonkeys' lossless WebP swallows an {@link
 * java.io.EOFException}, goes on with invented bits, and does so once a pixel.
 */
final class StrictInput extends MemoryCacheImageInputStream {
  StrictInput(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read < 0) {
      throw pastEnd();
    }
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read < 0) {
      throw pastEnd();
    }
    return read;
  }

  private static IOException pastEnd() {
    return new IOException("read past the end");
  }
}
