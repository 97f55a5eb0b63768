package dev.cordon.models.oip;

import dev.cordon.models.oip.OipTensor.Values;
import java.util.List;

/** One call of one model: what goes out and what exactly must come back. */
record Inference(String model, String version, List<OipTensor> inputs, Expected output) {
  Inference {
    inputs = List.copyOf(inputs);
  }

  /** The one output that is asked for. */
  record Expected(String name, Datatype datatype, List<Long> shape) {
    Expected {
      shape = List.copyOf(shape);
    }

    int count() {
      return OipTensor.elements(shape);
    }

    /** The most bytes an answer may have: a number in JSON takes up to 32, and some are names. */
    int mostBytes() {
      return Math.addExact(1 << 16, Math.multiplyExact(32, count()));
    }

    void require(String gotName, String gotType, List<Long> gotShape) throws TargetException {
      if (!name.equals(gotName)) {
        throw TensorBytes.malformed("the answer has another output than asked for");
      }
      if (!datatype.name().equals(gotType)) {
        throw TensorBytes.malformed("output `" + name + "` is not " + datatype);
      }
      if (!shape.equals(gotShape)) {
        throw TensorBytes.malformed("output `" + name + "` does not have shape " + shape);
      }
    }
  }

  /** Speaks the protocol in one of its forms; a failure holds nothing the target wrote. */
  interface Transport extends AutoCloseable {
    boolean live(Call call) throws TargetException;

    boolean ready(Call call) throws TargetException;

    boolean modelReady(String model, String version, Call call) throws TargetException;

    Described.Server server(Call call) throws TargetException;

    Described.Model model(String model, String version, Call call) throws TargetException;

    Values infer(Inference inference, Call call) throws TargetException;

    @Override
    void close();
  }
}
