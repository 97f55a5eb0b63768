package dev.cordon.core.api.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * BYTES tensors in the raw form: each element is preceded by its length, four bytes little-endian.
 */
final class RawStrings {
  private RawStrings() {}

  /** Exactly so many elements that fill the bytes exactly, or a problem of the input. */
  static List<byte[]> decode(InputTensor input, ByteBuffer raw, int count) {
    return decode(raw, count)
        .orElseThrow(
            () ->
                input.bad(
                    "the raw bytes must be as many strings as the shape promises, each behind its"
                        + " length in four bytes, and nothing else"));
  }

  private static Optional<List<byte[]>> decode(ByteBuffer raw, int count) {
    ByteBuffer bytes = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    // Each element has a length, so the memory asked for is bounded by the bytes that came.
    if (bytes.remaining() / Integer.BYTES < count) {
      return Optional.empty();
    }
    List<byte[]> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        return Optional.empty();
      }
      byte[] element = new byte[length];
      bytes.get(element);
      elements.add(element);
    }
    return bytes.hasRemaining() ? Optional.empty() : Optional.of(elements);
  }

  static byte[] encode(List<byte[]> elements) {
    int size = elements.stream().mapToInt(e -> e.length + Integer.BYTES).reduce(0, Math::addExact);
    ByteBuffer raw = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elements.forEach(element -> raw.putInt(element.length).put(element));
    return raw.array();
  }
}
