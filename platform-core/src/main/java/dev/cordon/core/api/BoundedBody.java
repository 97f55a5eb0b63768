package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body up to a number of bytes; one more is a problem. It holds for bodies that do not
 * announce their length, which the framework would refuse with an empty answer.
 */
final class BoundedBody extends FilterInputStream {
  private final long most;
  private long taken;

  BoundedBody(InputStream body, long most) {
    super(body);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    count(read);
    return read;
  }

  /** Leaves the rest of a refused body unread: the stream below would wait for its end. */
  @Override
  public void close() throws IOException {
    if (taken <= most) {
      super.close();
    }
  }

  private void count(int more) {
    taken += Math.max(0, more);
    if (taken > most) {
      throw Problem.of(Code.TOO_LARGE, "a body has at most " + most + " bytes");
    }
  }
}
