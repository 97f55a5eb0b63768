package dev.cordon.models.graph;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** ONNX files of a few bytes: inputs and outputs with their names and shapes, and no nodes. */
public final class TestGraphs {
  private TestGraphs() {}

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  /** A tensor of a graph; a size below 1 is a named dimension. */
  public record Port(String name, int type, long... shape) {}

  public static byte[] graph(String name, Port[] inputs, Port... outputs) {
    return message(
        model -> {
          model.writeInt64(1, 8);
          nested(
              model,
              7,
              graph -> {
                graph.writeString(2, name);
                for (Port port : inputs) {
                  nested(graph, 11, value -> value(value, port));
                }
                for (Port port : outputs) {
                  nested(graph, 12, value -> value(value, port));
                }
              });
        });
  }

  public static byte[] image(String output, long dimension) {
    return graph(
        "main",
        new Port[] {new Port("pixel_values", 1, 0, 3, 224, 224)},
        new Port(output, 1, 0, dimension));
  }

  public static byte[] text(String output, long dimension) {
    return graph(
        "main", new Port[] {new Port("input_ids", 7, 0, 0)}, new Port(output, 1, 0, dimension));
  }

  private static void value(CodedOutputStream out, Port port) throws IOException {
    out.writeString(1, port.name());
    nested(
        out,
        2,
        type ->
            nested(
                type,
                1,
                tensor -> {
                  tensor.writeInt32(1, port.type());
                  nested(
                      tensor,
                      2,
                      shape -> {
                        for (long size : port.shape()) {
                          nested(
                              shape,
                              1,
                              dimension -> {
                                if (size > 0) {
                                  dimension.writeInt64(1, size);
                                } else {
                                  dimension.writeString(2, "batch");
                                }
                              });
                        }
                      });
                }));
  }

  private static void nested(CodedOutputStream out, int field, Writing body) throws IOException {
    out.writeByteArray(field, message(body));
  }

  private static byte[] message(Writing body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      body.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
