package dev.cordon.models.oip;

import java.util.List;

/** What targets say about themselves. */
final class Described {
  private Described() {}

  /** The server; {@code extensions} names what it can do beyond the protocol. */
  record Server(List<String> extensions) {
    static final String BINARY = "binary_tensor_data";

    Server {
      extensions = List.copyOf(extensions);
    }

    boolean takesBinary() {
      return extensions.contains(BINARY);
    }
  }

  /** One model. */
  record Model(String name, List<Port> inputs, List<Port> outputs) {
    Model {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** An input or output; {@code datatype} as the target writes it, -1 is a free dimension. */
  record Port(String name, String datatype, List<Long> shape) {
    Port {
      shape = List.copyOf(shape);
    }
  }
}
