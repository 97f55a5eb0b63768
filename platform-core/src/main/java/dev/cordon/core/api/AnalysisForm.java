package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * The two parts of an analysis: exactly one {@code image} and one {@code request}, and no other
 * part.
 */
record AnalysisForm(byte[] image, byte[] request) {
  private static final Set<String> PARTS = Set.of("image", "request");
  private static final int MAX_REQUEST_BYTES = 4_000_000;

  static AnalysisForm read(MultipartFormDataInput input, long maxImageBytes) {
    Map<String, Collection<FormValue>> parts = input.getValues();
    for (String name : parts.keySet()) {
      // A part may have no name at all.
      if (name == null || !PARTS.contains(name)) {
        throw Problem.at(
            name == null ? "" : RequestSchema.shorten(name),
            Code.INVALID_REQUEST,
            "the only parts are `image` and `request`");
      }
    }
    return new AnalysisForm(
        bytes(parts, "image", maxImageBytes), bytes(parts, "request", MAX_REQUEST_BYTES));
  }

  private static byte[] bytes(Map<String, Collection<FormValue>> parts, String name, long max) {
    Collection<FormValue> values = parts.get(name);
    if (values == null || values.isEmpty()) {
      throw Problem.at(name, Code.INVALID_REQUEST, "this part is missing");
    }
    if (values.size() > 1) {
      throw Problem.at(name, Code.INVALID_REQUEST, "this part stands more than once");
    }
    FormValue value = values.iterator().next();
    if (!value.isFileItem()) {
      return sized(value.getValue().getBytes(StandardCharsets.UTF_8), name, max);
    }
    try (InputStream content = value.getFileItem().getInputStream()) {
      return sized(content.readNBytes((int) Math.min(max + 1, Integer.MAX_VALUE - 8)), name, max);
    } catch (IOException e) {
      throw Problem.at(name, Code.INVALID_REQUEST, "this part could not be read");
    }
  }

  private static byte[] sized(byte[] bytes, String name, long max) {
    if (bytes.length > max) {
      throw Problem.at(name, Code.TOO_LARGE, "at most " + max + " bytes are taken");
    }
    return bytes;
  }
}
