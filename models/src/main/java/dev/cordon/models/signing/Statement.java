package dev.cordon.models.signing;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is signed: an in-toto statement v1 with the predicate of OpenSSF model signing v1.0, method
 * {@code files}. Files are sorted by name; the subject's digest is that of their digests in a row.
 */
record Statement(String name, SortedMap<String, String> digests) {
  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://model_signing/signature/v1.0";
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** SHA-256 over the raw digests, in the order of the names. */
  String root() {
    MessageDigest all = Sha256.fresh();
    digests.values().forEach(digest -> all.update(HexFormat.of().parseHex(digest)));
    return Sha256.hex(all.digest());
  }

  byte[] write() {
    ObjectNode statement = JSON.createObjectNode().put("_type", TYPE);
    statement
        .putArray("subject")
        .addObject()
        .put("name", name)
        .putObject("digest")
        .put("sha256", root());
    ObjectNode predicate = statement.put("predicateType", PREDICATE).putObject("predicate");
    predicate
        .putObject("serialization")
        .put("method", "files")
        .put("hash_type", "sha256")
        .put("allow_symlinks", false)
        .putArray("ignore_paths")
        .add(SignedFolder.SIGNATURE);
    ArrayNode resources = predicate.putArray("resources");
    for (Map.Entry<String, String> file : digests.entrySet()) {
      resources
          .addObject()
          .put("name", file.getKey())
          .put("algorithm", "sha256")
          .put("digest", file.getValue());
    }
    return statement.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Statement read(byte[] json) throws SignatureRefusedException {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (IOException e) {
      throw new SignatureRefusedException("the signed statement is not strict JSON", e);
    }
    require("_type", TYPE, tree.path("_type").asText());
    require("predicateType", PREDICATE, tree.path("predicateType").asText());
    JsonNode serialization = tree.path("predicate").path("serialization");
    require("serialization.method", "files", serialization.path("method").asText());
    require("serialization.hash_type", "sha256", serialization.path("hash_type").asText());
    if (tree.path("subject").size() != 1) {
      throw new SignatureRefusedException("the signed statement does not have one subject");
    }
    JsonNode subject = tree.path("subject").path(0);
    Statement statement =
        new Statement(subject.path("name").asText(), digests(tree.at("/predicate/resources")));
    require("subject.digest", statement.root(), subject.at("/digest/sha256").asText());
    return statement;
  }

  private static SortedMap<String, String> digests(JsonNode resources)
      throws SignatureRefusedException {
    TreeMap<String, String> digests = new TreeMap<>();
    for (JsonNode resource : resources) {
      String name = resource.path("name").asText();
      require("resources.algorithm", "sha256", resource.path("algorithm").asText());
      String digest = resource.path("digest").asText();
      if (!digest.matches(Sha256.FORM)) {
        throw new SignatureRefusedException("`resources.digest` of `" + name + "` is no digest");
      }
      if (!digests.isEmpty() && digests.lastKey().compareTo(name) >= 0) {
        throw new SignatureRefusedException("`resources` is not sorted by name");
      }
      digests.put(name, digest);
    }
    return digests;
  }

  private static void require(String field, String expected, String found)
      throws SignatureRefusedException {
    if (!expected.equals(found)) {
      throw new SignatureRefusedException(
          "`" + field + "` of the signed statement is not `" + expected + "`");
    }
  }
}
