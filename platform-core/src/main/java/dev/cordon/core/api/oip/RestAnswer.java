package dev.cordon.core.api.oip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/** An answer over HTTP: JSON, and behind it the raw bytes of the outputs that are wanted raw. */
final class RestAnswer {
  private RestAnswer() {}

  static Response of(ObjectMapper json, Inferences.Answer answer, Set<String> rawOutputs) {
    ObjectNode head = json.createObjectNode();
    head.put("model_name", answer.model()).put("model_version", answer.version());
    if (!answer.id().isEmpty()) {
      head.put("id", answer.id());
    }
    answer
        .parameters()
        .forEach((name, value) -> head.withObjectProperty("parameters").putPOJO(name, value));
    ArrayNode outputs = head.putArray("outputs");
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (OutputTensor output : answer.outputs()) {
      ObjectNode node = outputs.addObject();
      node.put("name", output.name()).put("datatype", output.datatype());
      output.shape().forEach(node.withArrayProperty("shape")::add);
      if (rawOutputs.contains(output.name())) {
        byte[] bytes = output.raw();
        node.putObject("parameters").put("binary_data_size", bytes.length);
        raw.writeBytes(bytes);
      } else {
        addData(node.putArray("data"), output.values());
      }
    }
    return answer(written(json, head), raw, rawOutputs.isEmpty());
  }

  private static Response answer(byte[] head, ByteArrayOutputStream raw, boolean isJson) {
    if (isJson) {
      return Response.ok(head, MediaType.APPLICATION_JSON_TYPE).build();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(head.length + raw.size());
    body.writeBytes(head);
    body.writeBytes(raw.toByteArray());
    return Response.ok(body.toByteArray(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(RestRequest.HEADER, head.length)
        .build();
  }

  private static void addData(ArrayNode data, OutputTensor.Values values) {
    switch (values) {
      case OutputTensor.Values.Texts texts -> texts.list().forEach(data::add);
      case OutputTensor.Values.Floats floats -> floats.list().forEach(data::add);
    }
  }

  private static byte[] written(ObjectMapper json, ObjectNode head) {
    try {
      return json.writeValueAsBytes(head);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer has no JSON", e);
    }
  }
}
