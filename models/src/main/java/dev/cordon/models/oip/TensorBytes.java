package dev.cordon.models.oip;

import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.TargetException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors as raw bytes, the form of binary REST bodies and of raw contents in gRPC: little-endian,
 * row by row; a byte string is preceded by its length in four bytes.
 */
final class TensorBytes {
  private TensorBytes() {}

  static byte[] encode(Values values) {
    return switch (values) {
      case Floats(float[] array) -> {
        ByteBuffer bytes = allocate(Math.multiplyExact(array.length, Float.BYTES));
        bytes.asFloatBuffer().put(array);
        yield bytes.array();
      }
      case Longs(long[] array) -> {
        ByteBuffer bytes = allocate(Math.multiplyExact(array.length, Long.BYTES));
        bytes.asLongBuffer().put(array);
        yield bytes.array();
      }
      case Strings(List<byte[]> list) -> {
        int size = list.stream().mapToInt(s -> s.length + 4).reduce(0, Math::addExact);
        ByteBuffer bytes = allocate(size);
        list.forEach(s -> bytes.putInt(s.length).put(s));
        yield bytes.array();
      }
    };
  }

  /** Reads exactly {@code count} values; too few or too many bytes and NaN are refused. */
  static Values decode(Datatype type, int count, ByteBuffer from) throws TargetException {
    ByteBuffer bytes = from.slice().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FP32 -> {
        requireSize(bytes, count, Float.BYTES);
        float[] array = new float[count];
        bytes.asFloatBuffer().get(array);
        yield finite(array);
      }
      case INT64 -> {
        requireSize(bytes, count, Long.BYTES);
        long[] array = new long[count];
        bytes.asLongBuffer().get(array);
        yield new Longs(array);
      }
      case BYTES -> new Strings(strings(bytes, count));
    };
  }

  /** The values as a tensor, or a refusal where one is not a finite number. */
  static Floats finite(float[] array) throws TargetException {
    for (float value : array) {
      if (!Float.isFinite(value)) {
        throw malformed("a value is not a finite number");
      }
    }
    return new Floats(array);
  }

  private static List<byte[]> strings(ByteBuffer bytes, int count) throws TargetException {
    // Each has a length, so the memory asked for is bounded by the bytes that came.
    if (bytes.remaining() / Integer.BYTES < count) {
      throw malformed("a tensor is truncated");
    }
    List<byte[]> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw malformed("a tensor is truncated");
      }
      byte[] string = new byte[length];
      bytes.get(string);
      list.add(string);
    }
    if (bytes.hasRemaining()) {
      throw malformed("a tensor has too many bytes");
    }
    return list;
  }

  private static void requireSize(ByteBuffer bytes, int count, int size) throws TargetException {
    if (bytes.remaining() != (long) count * size) {
      throw malformed("a tensor does not have the bytes of its shape");
    }
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static TargetException malformed(String message) {
    return new TargetException(Kind.MALFORMED, message);
  }
}
