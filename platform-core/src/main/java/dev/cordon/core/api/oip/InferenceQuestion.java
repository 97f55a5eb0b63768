package dev.cordon.core.api.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.core.api.RequestSchema;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns a request for inference into the question that {@code POST /v1/analyses} takes. */
@Singleton
class InferenceQuestion {
  static final String IMAGE = "image";
  static final String LABELS = "labels";
  static final String TEXT = "text";
  static final List<String> INPUTS = List.of(IMAGE, LABELS, TEXT);

  /** Parameters of the protocol cannot nest, so these come as JSON in a string. */
  private static final Set<String> NESTED = Set.of("jurisdictions", "subjects", "options", "route");

  /** Of the protocol itself, and no part of the question. */
  private static final Set<String> OF_THE_PROTOCOL = Set.of("timeout", "binary_data_output");

  private static final String VERSION = "version";

  /** What the model's name, its version and the inputs say. */
  private static final Set<String> ELSEWHERE = Set.of("capability", VERSION, LABELS, TEXT);

  private static final int MOST_LABELS = 10_000;
  private static final int MOST_TEXT_BYTES = 4_000_000;
  private static final long LONGEST_TIMEOUT_MICROS = 3_600_000_000L;

  private final RequestSchema schema;
  private final ObjectMapper json;

  InferenceQuestion(RequestSchema schema, ObjectMapper json) {
    this.schema = schema;
    this.json = json;
  }

  /** The image's file. */
  static byte[] image(InferenceCall call) {
    return call.input(IMAGE)
        .orElseThrow(
            () -> Problem.at("inputs." + IMAGE, Code.INVALID_REQUEST, "this input is missing"))
        .strings(1)
        .getFirst();
  }

  /** How long the caller waits: the parameter `timeout`, in microseconds. */
  static Duration patience(InferenceCall call) {
    JsonNode micros = call.parameters().get("timeout");
    if (micros == null) {
      return Duration.ofNanos(Long.MAX_VALUE);
    }
    if (!micros.canConvertToLong()
        || !micros.isIntegralNumber()
        || micros.asLong() < 1
        || micros.asLong() > LONGEST_TIMEOUT_MICROS) {
      throw Problem.at(
          "parameters.timeout",
          Code.INVALID_REQUEST,
          "must be microseconds from 1 to " + LONGEST_TIMEOUT_MICROS);
    }
    return Duration.of(micros.asLong(), ChronoUnit.MICROS);
  }

  /** The JSON of the question, the same for the same request. */
  byte[] json(InferenceCall call) {
    ObjectNode question = json.createObjectNode().put("capability", call.model());
    for (Map.Entry<String, JsonNode> parameter : new TreeMap<>(call.parameters()).entrySet()) {
      String name = parameter.getKey();
      if (ELSEWHERE.contains(name)) {
        throw Problem.at("parameters." + name, Code.INVALID_REQUEST, "this field is not known");
      }
      if (!OF_THE_PROTOCOL.contains(name)) {
        question.set(
            name,
            NESTED.contains(name) ? nested(name, parameter.getValue()) : parameter.getValue());
      }
    }
    if (!call.version().isEmpty()) {
      question.put(VERSION, call.version());
    }
    call.input(LABELS)
        .ifPresent(
            input -> {
              ArrayNode labels = question.putArray(LABELS);
              texts(input, MOST_LABELS).forEach(labels::add);
            });
    call.input(TEXT).ifPresent(input -> question.put(TEXT, texts(input, 1).getFirst()));
    try {
      return json.writeValueAsBytes(question);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException("a question has no JSON", e);
    }
  }

  private JsonNode nested(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw Problem.at("parameters." + name, Code.INVALID_REQUEST, "must be JSON in a string");
    }
    return schema.parse("parameters." + name, value.asText().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(InputTensor input, int most) {
    List<byte[]> strings = input.strings(most);
    if (strings.stream().mapToLong(string -> string.length).sum() > MOST_TEXT_BYTES) {
      throw Problem.at(
          "inputs." + input.name(),
          Code.TOO_LARGE,
          "at most " + MOST_TEXT_BYTES + " bytes are taken");
    }
    return strings.stream().map(string -> text(input, string)).toList();
  }

  private static String text(InputTensor input, byte[] string) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string)).toString();
    } catch (CharacterCodingException e) {
      throw input.bad("must be UTF-8");
    }
  }
}
