package dev.cordon.core.api.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One named output with its values, row by row. */
record OutputTensor(String name, List<Long> shape, Values values) {
  /** The two types that answers have. */
  sealed interface Values {
    record Texts(List<String> list) implements Values {}

    record Floats(List<Float> list) implements Values {}
  }

  String datatype() {
    return switch (values) {
      case Values.Texts _ -> InputTensor.BYTES;
      case Values.Floats _ -> "FP32";
    };
  }

  /** The raw form, of binary bodies over HTTP and of raw contents in gRPC. */
  byte[] raw() {
    return switch (values) {
      case Values.Texts(List<String> texts) ->
          RawStrings.encode(
              texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
      case Values.Floats(List<Float> floats) -> {
        ByteBuffer raw =
            ByteBuffer.allocate(Math.multiplyExact(floats.size(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        floats.forEach(raw::putFloat);
        yield raw.array();
      }
    };
  }
}
