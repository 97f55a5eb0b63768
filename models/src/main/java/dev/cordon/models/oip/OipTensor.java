package dev.cordon.models.oip;

import dev.cordon.models.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** A named array of values as the protocol carries it, row by row; never printed. */
public record OipTensor(String name, List<Long> shape, Values values) {
  public OipTensor {
    shape = List.copyOf(shape);
    if (elements(shape) != values.count()) {
      throw new IllegalArgumentException("the shape does not hold as many values");
    }
  }

  /** The values of one element type; whoever passes an array leaves it alone afterwards. */
  public sealed interface Values {
    /** How many there are. */
    int count();

    /** Their type on the wire. */
    Datatype datatype();
  }

  /** Values of {@link Datatype#FP32}. */
  public record Floats(float[] array) implements Values {
    @Override
    public int count() {
      return array.length;
    }

    @Override
    public Datatype datatype() {
      return Datatype.FP32;
    }
  }

  /** Values of {@link Datatype#INT64}. */
  public record Longs(long[] array) implements Values {
    @Override
    public int count() {
      return array.length;
    }

    @Override
    public Datatype datatype() {
      return Datatype.INT64;
    }
  }

  /** Values of {@link Datatype#BYTES}. */
  public record Strings(List<byte[]> list) implements Values {
    public Strings {
      list = List.copyOf(list);
    }

    @Override
    public int count() {
      return list.size();
    }

    @Override
    public Datatype datatype() {
      return Datatype.BYTES;
    }
  }

  /** How many values a shape holds; a shape that no array could have is refused. */
  static int elements(List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a dimension is out of range");
      }
      product = Math.multiplyExact(product, size);
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("the shape is too large");
      }
    }
    return (int) product;
  }

  /** How many bytes the values have in the protocol's raw form. */
  public long bytes() {
    return switch (values) {
      case Floats(float[] array) -> (long) array.length * Float.BYTES;
      case Longs(long[] array) -> (long) array.length * Long.BYTES;
      case Strings(List<byte[]> list) -> list.stream().mapToLong(s -> s.length + 4L).sum();
    };
  }

  /**
   * SHA-256 of one line each for name, type and shape (such as {@code [1, 3, 224, 224]}), then the
   * values in the protocol's raw form.
   */
  public byte[] digest() {
    String head = name + "\n" + values.datatype() + "\n" + shape + "\n";
    MessageDigest sha256 = Sha256.fresh();
    sha256.update(head.getBytes(StandardCharsets.UTF_8));
    return sha256.digest(TensorBytes.encode(values));
  }

  /** Values are user content, so only what the manifest says is told. */
  @Override
  public String toString() {
    return "OipTensor[" + name + " " + values.datatype() + " " + shape + "]";
  }
}
