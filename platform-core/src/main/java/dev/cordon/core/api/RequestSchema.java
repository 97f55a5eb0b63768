package dev.cordon.core.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON bodies by the schemas of the API contract itself, so that what the contract says and
 * what the host accepts cannot drift apart.
 */
@Singleton
public class RequestSchema {
  private static final int MAX_NAME = 100;

  /** Bounds of caution: a tree takes many times the memory of its text. */
  private static final int MOST_TOKENS = 1_000_000;

  private static final int LONGEST_STRING = 24_000_000;

  private static final List<String> READ =
      List.of(
          "AnalysisRequest",
          "InferenceRequest",
          "ConsentRequest",
          "StagingRequest",
          "EnablementRequest",
          "CollectionRequest",
          "ItemRequest",
          "SearchRequest",
          "SimilarRequest");

  private final JsonMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxTokenCount(MOST_TOKENS)
                          .maxStringLength(LONGEST_STRING)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  RequestSchema() throws IOException {
    try (InputStream contract =
        RequestSchema.class.getClassLoader().getResourceAsStream("META-INF/openapi.yaml")) {
      ObjectNode document = (ObjectNode) new YAMLMapper().readTree(contract);
      JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
      SchemaValidatorsConfig config =
          SchemaValidatorsConfig.builder()
              .formatAssertionsEnabled(true)
              .regularExpressionFactory(RequestSchema::whole)
              .pathType(PathType.JSON_PATH)
              .build();
      for (String name : READ) {
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#/components/schemas/" + name);
        schemas.put(name, factory.getSchema(schema, config));
      }
    }
  }

  /** A body that fulfils the schema, or a problem at the field that does not. */
  public JsonNode read(String schema, String root, byte[] body) {
    JsonNode tree = parse(root, body);
    check(schema, root, tree);
    return tree;
  }

  /** Well-formed JSON without anything behind it and without a name that stands twice. */
  public JsonNode parse(String root, byte[] body) {
    try {
      return json.readTree(body);
    } catch (StreamConstraintsException e) {
      throw Problem.at(root, Code.TOO_LARGE, "the JSON has too many or too long parts");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw Problem.at(root, Code.INVALID_REQUEST, "not valid JSON" + where);
    } catch (IOException e) {
      throw Problem.at(root, Code.INVALID_REQUEST, "not valid JSON");
    }
  }

  private void check(String schema, String root, JsonNode tree) {
    Optional<Problem> fault;
    try {
      fault =
          schemas.get(schema).validate(tree).stream()
              .min(Comparator.comparing(RequestSchema::isAlternative))
              .map(found -> Problem.at(field(root, found), Code.INVALID_REQUEST, detail(found)));
    } catch (RuntimeException _) {
      // The library stumbles over places that have an empty name.
      fault =
          Optional.of(
              Problem.at(
                  root, Code.INVALID_REQUEST, "not as the API contract says; no empty name"));
    }
    fault.ifPresent(
        problem -> {
          throw problem;
        });
  }

  /** In Java {@code $} also matches before a last line break; in a contract it does not. */
  private static RegularExpression whole(String regex) {
    Pattern pattern =
        Pattern.compile(
            regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
    return text -> pattern.matcher(text).find();
  }

  /** Of a oneOf every branch complains; together they say one thing. */
  private static boolean isAlternative(ValidationMessage message) {
    return message.getEvaluationPath().toString().contains("oneOf");
  }

  private static String field(String root, ValidationMessage message) {
    JsonNodePath path = message.getInstanceLocation();
    String field = root + path.toString().substring(1);
    return message.getProperty() == null || isAlternative(message)
        ? field
        : field + "." + shorten(message.getProperty());
  }

  /** The library's own words may quote the input, so each keyword has words here. */
  private static String detail(ValidationMessage message) {
    Object limit =
        message.getArguments() == null || message.getArguments().length == 0
            ? ""
            : message.getArguments()[0];
    return switch (isAlternative(message) ? "oneOf" : message.getType()) {
      case "additionalProperties", "unevaluatedProperties" -> "this field is not known";
      case "required" -> "this field is missing";
      case "type" -> "must be of another type; see the API contract";
      case "enum" -> "must be one of the values that the API contract lists";
      case "pattern" -> "must match the pattern that the API contract gives";
      case "format" -> "must have the format that the API contract gives";
      case "minLength" -> "must not be empty";
      case "maxLength" -> "must have at most " + limit + " characters";
      case "minItems" -> "must not be empty";
      case "maxItems" -> "must have at most " + limit + " items";
      case "uniqueItems" -> "must not repeat an item";
      case "minimum", "maximum" -> "must lie within the bounds that the API contract gives";
      case "oneOf" -> "give either `labels` or `text`";
      default -> "must fulfil `" + message.getType() + "` of the API contract";
    };
  }

  /** A name of the caller's as it may stand in a problem. */
  static String shorten(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
  }
}
