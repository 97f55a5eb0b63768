package dev.cordon.core.api.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.core.api.RequestSchema;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request over HTTP: JSON, and behind it the raw bytes of inputs that say how many of them are
 * theirs. In JSON the image's file is Base64. Names the outputs that are wanted raw.
 */
record RestRequest(InferenceCall call, Set<String> rawOutputs) {
  static final String HEADER = "Inference-Header-Content-Length";

  private static final String SIZE = "binary_data_size";
  private static final int MOST_JSON_BYTES = 4_000_000;

  /** Reads a body; without the header all of it is JSON. */
  static RestRequest read(
      RequestSchema schema, String model, String version, String header, byte[] body) {
    int length = header == null ? body.length : length(header, body.length);
    JsonNode tree = schema.read("InferenceRequest", "request", Arrays.copyOfRange(body, 0, length));
    ByteBuffer raw = ByteBuffer.wrap(body, length, body.length - length);
    List<InputTensor> inputs = new ArrayList<>();
    tree.get("inputs").forEach(input -> inputs.add(input(input, raw)));
    if (raw.hasRemaining()) {
      throw Problem.at(
          "request",
          Code.INVALID_REQUEST,
          raw.remaining() + " bytes behind the JSON belong to no input");
    }
    Map<String, JsonNode> parameters = new HashMap<>();
    tree.path("parameters").properties().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    List<String> outputs = new ArrayList<>();
    tree.path("outputs").forEach(output -> outputs.add(output.get("name").asText()));
    InferenceCall call =
        new InferenceCall(
            model, version, tree.path("id").asText(""), parameters, List.copyOf(inputs), outputs);
    return new RestRequest(call, rawOutputs(tree));
  }

  private static int length(String header, int most) {
    if (!header.matches("[0-9]{1,9}") || Integer.parseInt(header) > most) {
      throw Problem.at(HEADER, Code.INVALID_REQUEST, "must be a number of bytes that the body has");
    }
    int length = Integer.parseInt(header);
    if (length > MOST_JSON_BYTES) {
      throw Problem.at(
          HEADER, Code.TOO_LARGE, "at most " + MOST_JSON_BYTES + " bytes of JSON are taken");
    }
    return length;
  }

  private static InputTensor input(JsonNode input, ByteBuffer raw) {
    List<Long> shape = new ArrayList<>();
    input.get("shape").forEach(size -> shape.add(size.asLong()));
    String name = input.get("name").asText();
    JsonNode size = input.path("parameters").path(SIZE);
    JsonNode data = input.path("data");
    String shown = InferenceQuestion.INPUTS.contains(name) ? name : "?";
    InputTensor bare =
        new InputTensor(shown, input.get("datatype").asText(), shape, count -> List.of());
    if (size.isMissingNode() == data.isMissingNode()) {
      throw bare.bad("give either `data` or `parameters." + SIZE + "`");
    }
    if (data.isMissingNode()) {
      if (size.asLong() > raw.remaining()) {
        throw bare.bad("the body has fewer bytes than `parameters." + SIZE + "` says");
      }
      ByteBuffer own = raw.slice(raw.position(), size.asInt());
      raw.position(raw.position() + size.asInt());
      return new InputTensor(
          name, bare.datatype(), shape, count -> RawStrings.decode(bare, own, count));
    }
    return new InputTensor(name, bare.datatype(), shape, count -> strings(bare, data, count));
  }

  private static List<byte[]> strings(InputTensor input, JsonNode data, int count) {
    if (data.size() != count) {
      throw input.bad("the shape promises another number of elements than `data` has");
    }
    List<byte[]> strings = new ArrayList<>(count);
    for (JsonNode element : data) {
      if (!element.isTextual()) {
        throw input.bad("every element of `data` must be a string");
      }
      strings.add(
          input.name().equals(InferenceQuestion.IMAGE)
              ? decoded(input, element.asText())
              : element.asText().getBytes(StandardCharsets.UTF_8));
    }
    return strings;
  }

  private static byte[] decoded(InputTensor input, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw input.bad("in JSON the file must be Base64");
    }
  }

  /** An output's own wish outranks that of the request. */
  private static Set<String> rawOutputs(JsonNode tree) {
    Set<String> raw = new HashSet<>();
    if (tree.path("parameters").path("binary_data_output").asBoolean(false)) {
      raw.addAll(AnswerTensors.NAMES);
    }
    for (JsonNode output : tree.path("outputs")) {
      JsonNode wish = output.path("parameters").path("binary_data");
      if (wish.asBoolean(false)) {
        raw.add(output.get("name").asText());
      } else if (!wish.isMissingNode()) {
        raw.remove(output.get("name").asText());
      }
    }
    return raw;
  }
}
