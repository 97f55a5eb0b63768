package dev.cordon.models.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.OipTensor.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bodies of the protocol's REST form, with tensors in JSON or, by its extension, after it. */
final class RestMessages {
  private static final String SIZE = "binary_data_size";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RestMessages() {}

  /** How tensors travel. */
  enum Form {
    JSON,
    BINARY
  }

  /** A request: JSON, and the tensors behind it, which are large and so are not copied. */
  record Body(byte[] header, List<byte[]> raw) {}

  static Body request(Inference inference, Form form) throws TargetException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> raw = new ArrayList<>();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("inputs");
      for (OipTensor input : inference.inputs()) {
        json.writeStartObject();
        json.writeStringField("name", input.name());
        json.writeStringField("datatype", input.values().datatype().name());
        json.writeArrayFieldStart("shape");
        for (long size : input.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        switch (form) {
          case JSON -> writeData(json, input.values());
          case BINARY -> {
            raw.add(TensorBytes.encode(input.values()));
            json.writeObjectFieldStart("parameters");
            json.writeNumberField(SIZE, raw.getLast().length);
            json.writeEndObject();
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      writeOutput(json, inference.output().name(), form);
      json.writeEndObject();
    } catch (CharacterCodingException _) {
      throw new TargetException(
          TargetException.Kind.REFUSED, "this target takes no byte strings but UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return new Body(out.toByteArray(), List.copyOf(raw));
  }

  private static void writeOutput(JsonGenerator json, String name, Form form) throws IOException {
    json.writeArrayFieldStart("outputs");
    json.writeStartObject();
    json.writeStringField("name", name);
    if (form == Form.BINARY) {
      json.writeObjectFieldStart("parameters");
      json.writeBooleanField("binary_data", true);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeData(JsonGenerator json, Values values) throws IOException {
    json.writeArrayFieldStart("data");
    switch (values) {
      case Floats(float[] array) -> {
        for (float value : array) {
          json.writeNumber(value);
        }
      }
      case Longs(long[] array) -> {
        for (long value : array) {
          json.writeNumber(value);
        }
      }
      case Strings(List<byte[]> list) -> {
        for (byte[] value : list) {
          json.writeString(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        }
      }
    }
    json.writeEndArray();
  }

  /** The one output of an answer whose first {@code header} bytes are JSON, the rest tensors. */
  static Values answer(byte[] body, int header, Inference.Expected expected)
      throws TargetException {
    if (header < 0 || header > body.length) {
      throw TensorBytes.malformed("the answer's header is longer than the answer");
    }
    JsonNode outputs = parse(body, header).path("outputs");
    if (!outputs.isArray() || outputs.size() != 1) {
      throw TensorBytes.malformed("the answer does not have the one output asked for");
    }
    JsonNode output = outputs.get(0);
    expected.require(
        output.path("name").textValue(),
        output.path("datatype").textValue(),
        shape(output.path("shape")));
    ByteBuffer rest = ByteBuffer.wrap(body, header, body.length - header);
    JsonNode size = output.path("parameters").path(SIZE);
    if (size.isMissingNode()) {
      if (rest.hasRemaining()) {
        throw TensorBytes.malformed("the answer goes on after its end");
      }
      return data(output.path("data"), expected);
    }
    boolean fits = size.isIntegralNumber() && size.longValue() == rest.remaining();
    if (!fits || output.has("data")) {
      throw TensorBytes.malformed("the answer does not have the bytes that it announces");
    }
    return TensorBytes.decode(expected.datatype(), expected.count(), rest);
  }

  static Described.Server server(byte[] body) throws TargetException {
    JsonNode names = parse(body, body.length).path("extensions");
    List<String> extensions = new ArrayList<>();
    names.forEach(name -> extensions.add(name.asText()));
    return new Described.Server(extensions);
  }

  static Described.Model model(byte[] body) throws TargetException {
    JsonNode model = parse(body, body.length);
    return new Described.Model(
        model.path("name").asText(), ports(model.path("inputs")), ports(model.path("outputs")));
  }

  private static List<Described.Port> ports(JsonNode array) throws TargetException {
    List<Described.Port> ports = new ArrayList<>();
    for (JsonNode port : array) {
      ports.add(
          new Described.Port(
              port.path("name").asText(),
              port.path("datatype").asText(),
              shape(port.path("shape"))));
    }
    return ports;
  }

  private static List<Long> shape(JsonNode array) throws TargetException {
    List<Long> shape = new ArrayList<>();
    for (JsonNode size : array) {
      if (!size.isIntegralNumber() || !size.canConvertToLong()) {
        throw TensorBytes.malformed("a shape holds something else than numbers");
      }
      shape.add(size.longValue());
    }
    return shape;
  }

  private static JsonNode parse(byte[] body, int length) throws TargetException {
    try {
      JsonNode node = JSON.readTree(body, 0, length);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException _) {
      // The parser's message quotes the target, so it goes no further.
    }
    throw TensorBytes.malformed("the answer is not a JSON object");
  }

  private static Values data(JsonNode data, Inference.Expected expected) throws TargetException {
    List<JsonNode> leaves = new ArrayList<>();
    flatten(data, expected.shape().size(), leaves);
    if (!data.isArray() || leaves.size() != expected.count()) {
      throw TensorBytes.malformed("a tensor does not have the values of its shape");
    }
    return switch (expected.datatype()) {
      case FP32 -> {
        float[] array = new float[leaves.size()];
        for (int i = 0; i < array.length; i++) {
          array[i] = require(leaves.get(i), leaves.get(i).isNumber()).floatValue();
        }
        yield TensorBytes.finite(array);
      }
      case INT64 -> {
        long[] array = new long[leaves.size()];
        for (int i = 0; i < array.length; i++) {
          JsonNode leaf = leaves.get(i);
          array[i] = require(leaf, leaf.isIntegralNumber() && leaf.canConvertToLong()).longValue();
        }
        yield new Longs(array);
      }
      case BYTES -> {
        List<byte[]> list = new ArrayList<>();
        for (JsonNode leaf : leaves) {
          list.add(require(leaf, leaf.isTextual()).textValue().getBytes(StandardCharsets.UTF_8));
        }
        yield new Strings(list);
      }
    };
  }

  /** Targets may nest rows in arrays, as deep as the shape goes. */
  private static void flatten(JsonNode node, int depth, List<JsonNode> leaves) {
    if (node.isArray() && depth > 0) {
      node.forEach(inner -> flatten(inner, depth - 1, leaves));
    } else {
      leaves.add(node);
    }
  }

  private static JsonNode require(JsonNode leaf, boolean fits) throws TargetException {
    if (!fits) {
      throw TensorBytes.malformed("a tensor holds values of another type");
    }
    return leaf;
  }
}
