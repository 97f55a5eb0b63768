package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the JSON of tokenizer files and refuses settings that are not implemented, by name. */
final class TokenizerFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TokenizerFile() {}

  static JsonNode read(byte[] file) throws IOException {
    return JSON.readTree(file);
  }

  static void require(JsonNode file, String pointer, String expected) throws IOException {
    JsonNode actual = file.at(pointer);
    if (!actual.asText().equals(expected)) {
      throw new IOException("tokenizer field `" + pointer + "` is not `" + expected + "`");
    }
  }

  static String text(JsonNode file, String pointer) throws IOException {
    JsonNode value = file.at(pointer);
    if (!value.isTextual()) {
      throw new IOException("tokenizer field `" + pointer + "` is not a text");
    }
    return value.textValue();
  }

  static int count(JsonNode file, String pointer) throws IOException {
    JsonNode value = file.at(pointer);
    if (!value.isInt() || value.intValue() < 1) {
      throw new IOException("tokenizer field `" + pointer + "` is not a positive whole number");
    }
    return value.intValue();
  }

  static boolean flag(JsonNode file, String pointer) throws IOException {
    JsonNode value = file.at(pointer);
    if (!value.isBoolean()) {
      throw new IOException("tokenizer field `" + pointer + "` is not true or false");
    }
    return value.booleanValue();
  }

  static Map<String, Integer> vocabulary(JsonNode words) throws IOException {
    Map<String, Integer> ids = HashMap.newHashMap(words.size());
    for (Map.Entry<String, JsonNode> entry : words.properties()) {
      if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
        throw new IOException("the vocabulary holds an id that is not a whole number");
      }
      ids.put(entry.getKey(), entry.getValue().intValue());
    }
    return ids;
  }

  static int id(Map<String, Integer> vocabulary, String token) throws IOException {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IOException("the vocabulary lacks `" + token + "`");
    }
    return id;
  }
}
