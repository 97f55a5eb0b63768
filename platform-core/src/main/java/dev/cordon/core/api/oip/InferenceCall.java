package dev.cordon.core.api.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request for inference, whichever form it came in; without named outputs all of them are
 * wanted.
 */
record InferenceCall(
    String model,
    String version,
    String id,
    Map<String, JsonNode> parameters,
    List<InputTensor> inputs,
    List<String> outputs) {
  private static final int LONGEST_ID = 200;

  InferenceCall {
    if (id.length() > LONGEST_ID) {
      throw Problem.at(
          "id", Code.INVALID_REQUEST, "must have at most " + LONGEST_ID + " characters");
    }
    Set<String> names = new HashSet<>();
    for (InputTensor input : inputs) {
      if (!InferenceQuestion.INPUTS.contains(input.name())) {
        throw Problem.at(
            "inputs",
            Code.INVALID_REQUEST,
            "the only inputs are " + String.join(", ", InferenceQuestion.INPUTS));
      }
      if (!names.add(input.name())) {
        throw input.bad("this input stands more than once");
      }
    }
    for (String output : outputs) {
      if (!AnswerTensors.NAMES.contains(output)) {
        throw Problem.at(
            "outputs",
            Code.INVALID_REQUEST,
            "the only outputs are " + String.join(", ", AnswerTensors.NAMES));
      }
    }
  }

  Optional<InputTensor> input(String name) {
    return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  boolean wants(String output) {
    return outputs.isEmpty() || outputs.contains(output);
  }
}
