package dev.cordon.models.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;

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

  private ManifestReader() {}

  /** Reads a manifest; the message of the exception names the offending field. */
  public static ModelManifest read(byte[] json) throws IOException {
    try {
      ModelManifest manifest = JSON.readValue(json, ModelManifest.class);
      if (manifest == null) {
        throw new IOException("the manifest is null");
      }
      return manifest;
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

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }
}
