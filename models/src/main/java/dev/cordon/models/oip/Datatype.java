package dev.cordon.models.oip;

import dev.cordon.models.manifest.Tensor;

/** The element types of the protocol that Cordon sends and reads. */
public enum Datatype {
  /** IEEE 754 single precision. */
  FP32,
  /** Signed 64 bit integers. */
  INT64,
  /** Byte strings, such as texts in UTF-8. */
  BYTES;

  static Datatype of(Tensor.Type type) {
    return switch (type) {
      case FLOAT32 -> FP32;
      case INT64 -> INT64;
    };
  }
}
