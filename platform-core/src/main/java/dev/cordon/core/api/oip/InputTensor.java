package dev.cordon.core.api.oip;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.util.List;
import java.util.function.IntFunction;

/** One named input; its elements are read once its type and shape are known to be right. */
record InputTensor(
    String name, String datatype, List<Long> shape, IntFunction<List<byte[]>> elements) {
  static final String BYTES = "BYTES";

  /** The elements of a one-dimensional tensor of at most so many byte strings. */
  List<byte[]> strings(int most) {
    if (!datatype.equals(BYTES)) {
      throw bad("the datatype must be BYTES");
    }
    if (shape.size() != 1 || shape.getFirst() < 1 || shape.getFirst() > most) {
      throw bad("the shape must be " + (most == 1 ? "[1]" : "[n] with n from 1 to " + most));
    }
    return elements.apply(Math.toIntExact(shape.getFirst()));
  }

  Problem bad(String detail) {
    return Problem.at("inputs." + name, Code.INVALID_REQUEST, detail);
  }
}
