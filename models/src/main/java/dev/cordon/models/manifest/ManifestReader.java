package dev.cordon.models.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.ModelManifest.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads {@code manifest.json} strictly: an unknown, missing, doubled or mistyped field is refused.
 */
public final class ManifestReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** What only packages of a task have. */
  private static final Map<Task, List<String>> OWN =
      Map.of(
          Task.IMAGE_TEXT_SIMILARITY,
          List.of("dimension", "image", "text", "logitScale", "calibration"),
          Task.PROMPTABLE_SEGMENTATION,
          List.of("segmenter"),
          Task.REGION_PROPOSAL,
          List.of("proposer"));

  private static final Set<String> NUMBERS = Set.of("dimension", "logitScale");

  private ManifestReader() {}

  /** Reads a manifest; the message of the exception names the offending field. */
  public static ModelManifest read(byte[] json) throws IOException {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode manifest)) {
        throw new IOException("the manifest is no JSON object");
      }
      leaveOut(manifest);
      return JSON.treeToValue(manifest, ModelManifest.class);
    } catch (UnrecognizedPropertyException e) {
      throw new IOException("unknown field `" + path(e) + "`", e);
    } catch (ValueInstantiationException e) {
      throw new IOException(
          e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage(), e);
    } catch (JsonMappingException e) {
      throw new IOException(
          "field `" + path(e) + "` is missing or mistyped: " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IOException("not strict JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** What another task needs must not be written, and counts as absent. */
  private static void leaveOut(ObjectNode manifest) throws IOException {
    String word = manifest.path("task").asText();
    Task task =
        Stream.of(Task.values())
            .filter(known -> known.word().equals(word))
            .findFirst()
            .orElse(Task.IMAGE_TEXT_SIMILARITY);
    List<String> foreign =
        OWN.entrySet().stream()
            .filter(own -> own.getKey() != task)
            .flatMap(own -> own.getValue().stream())
            .toList();
    for (String name : foreign) {
      if (manifest.has(name)) {
        throw new IOException("unknown field `" + name + "`");
      }
      if (NUMBERS.contains(name)) {
        manifest.put(name, 0);
      } else {
        manifest.putNull(name);
      }
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }
}
