package dev.cordon.core.api.oip;

import dev.cordon.core.problem.Problem;
import java.util.function.Supplier;

/** Names of fields of a question as the protocol has them, so that a problem names what to mend. */
final class Names {
  private Names() {}

  /** Does something whose problems shall name fields as the protocol does. */
  static <T> T inProtocol(Supplier<T> work) {
    try {
      return work.get();
    } catch (Problem problem) {
      throw problem.renamed(Names::ofProtocol);
    }
  }

  private static String ofProtocol(String field) {
    if (field.equals("image")) {
      return "inputs.image";
    }
    if (!field.startsWith("request.")) {
      return field;
    }
    String name = field.substring("request.".length());
    return switch (name.split("[.\\[]", 2)[0]) {
      case "capability" -> "model_name";
      case "version" -> "model_version";
      case "labels", "text" -> "inputs." + name;
      case "inputs", "outputs", "parameters", "id" -> name;
      default -> "parameters." + name;
    };
  }
}
