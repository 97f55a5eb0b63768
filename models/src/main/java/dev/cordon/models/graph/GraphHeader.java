package dev.cordon.models.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inputs, outputs and names of an ONNX graph, read from the protobuf itself, so that a file can be
 * judged before any native code sees it. Weights are skipped.
 */
public final class GraphHeader {
  private static final int MODEL_PRODUCER = 2;
  private static final int MODEL_DOMAIN = 4;
  private static final int MODEL_DOC = 6;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_METADATA = 14;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_DOC = 10;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int MAX_TEXT = 1 << 16;

  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private GraphHeader() {}

  /**
   * An input or output of the graph.
   *
   * @param type ONNX's number of the element type: 1 is float32, 7 is int64
   * @param shape sizes of the dimensions, -1 where the caller chooses
   */
  public record Port(String name, int type, List<Long> shape) {}

  /** Reads the header of a file; what is no ONNX model is an {@link IOException}. */
  public static GraphHeader read(Path file) throws IOException {
    GraphHeader header = new GraphHeader();
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16)) {
      CodedInputStream model = CodedInputStream.newInstance(in);
      model.setSizeLimit(Integer.MAX_VALUE);
      for (int tag = model.readTag(); tag != 0; tag = model.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case MODEL_PRODUCER, MODEL_DOMAIN, MODEL_DOC, MODEL_METADATA ->
              header.names.add(text(model));
          case MODEL_GRAPH -> nested(model, header::graph);
          default -> model.skipField(tag);
        }
      }
    }
    if (header.inputs.isEmpty() || header.outputs.isEmpty()) {
      throw new IOException("`" + file.getFileName() + "` is not an ONNX model");
    }
    return header;
  }

  public List<Port> inputs() {
    return List.copyOf(inputs);
  }

  /** The output of that name. */
  public Optional<Port> output(String name) {
    return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  /** What the file calls itself: producer, graph, descriptions, metadata, inputs and outputs. */
  public List<String> names() {
    List<String> all = new ArrayList<>(names);
    inputs.forEach(port -> all.add(port.name()));
    outputs.forEach(port -> all.add(port.name()));
    return all;
  }

  private interface Field {
    void read(CodedInputStream in, int number, int tag) throws IOException;
  }

  /** Runs over the fields of a message that lies within another. */
  private static void nested(CodedInputStream in, Field field) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field.read(in, WireFormat.getTagFieldNumber(tag), tag);
    }
    in.popLimit(limit);
  }

  private void graph(CodedInputStream in, int number, int tag) throws IOException {
    switch (number) {
      case GRAPH_NAME, GRAPH_DOC -> names.add(text(in));
      case GRAPH_INPUT -> inputs.add(port(in));
      case GRAPH_OUTPUT -> outputs.add(port(in));
      default -> in.skipField(tag);
    }
  }

  /** A ValueInfoProto: name = 1, type = 2 { tensor = 1 { element = 1, shape = 2 { dim = 1 } } }. */
  private static Port port(CodedInputStream in) throws IOException {
    String[] name = {""};
    int[] type = {0};
    List<Long> shape = new ArrayList<>();
    Field tensor =
        (t, number, tag) -> {
          switch (number) {
            case 1 -> type[0] = t.readInt32();
            case 2 -> nested(t, (s, n, dim) -> shape.add(dimension(s)));
            default -> t.skipField(tag);
          }
        };
    nested(
        in,
        (p, number, tag) -> {
          switch (number) {
            case 1 -> name[0] = text(p);
            case 2 ->
                nested(
                    p,
                    (t, kind, inner) -> {
                      if (kind == 1) {
                        nested(t, tensor);
                      } else {
                        t.skipField(inner);
                      }
                    });
            default -> p.skipField(tag);
          }
        });
    return new Port(name[0], type[0], List.copyOf(shape));
  }

  /** A dimension without a positive value is a name, and the caller's to choose. */
  private static long dimension(CodedInputStream in) throws IOException {
    long[] size = {-1};
    nested(
        in,
        (d, number, tag) -> {
          if (number == 1) {
            long value = d.readInt64();
            size[0] = value > 0 ? value : -1;
          } else {
            d.skipField(tag);
          }
        });
    return size[0];
  }

  private static String text(CodedInputStream in) throws IOException {
    int length = in.readRawVarint32();
    if (length < 0 || length > MAX_TEXT) {
      throw new IOException("an ONNX file holds a name of " + length + " bytes");
    }
    return new String(in.readRawBytes(length), java.nio.charset.StandardCharsets.UTF_8);
  }
}
