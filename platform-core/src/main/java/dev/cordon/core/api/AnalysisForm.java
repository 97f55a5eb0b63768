package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * The two parts of an analysis: exactly one {@code image} and one {@code request}, and no other
 * part.
 */
record AnalysisForm(byte[] image, byte[] request) {
  private static final Set<String> PARTS = Set.of("image", "request");
  private static final int MAX_REQUEST_BYTES = 4_000_000;

  static AnalysisForm read(InputStream body, MediaType type, long maxImageBytes) {
    try {
      // A request may lack the header altogether.
      String boundary = type == null ? null : type.getParameters().get("boundary");
      return of(body.readAllBytes(), boundary, maxImageBytes);
    } catch (IOException e) {
      throw Problem.of(Code.INVALID_REQUEST, "the body could not be read");
    }
  }

  static AnalysisForm of(byte[] body, String boundary, long maxImageBytes) {
    List<MultipartBody.Part> parts = MultipartBody.parts(body, boundary);
    for (MultipartBody.Part part : parts) {
      if (!PARTS.contains(part.name())) {
        throw Problem.at(
            RequestSchema.shorten(part.name()),
            Code.INVALID_REQUEST,
            "the only parts are `image` and `request`");
      }
    }
    MultipartBody.Part image = only(parts, "image", maxImageBytes);
    return new AnalysisForm(image.bytes(), only(parts, "request", MAX_REQUEST_BYTES).text());
  }

  private static MultipartBody.Part only(List<MultipartBody.Part> parts, String name, long max) {
    List<MultipartBody.Part> named =
        parts.stream().filter(part -> part.name().equals(name)).toList();
    if (named.isEmpty()) {
      throw Problem.at(name, Code.INVALID_REQUEST, "this part is missing");
    }
    if (named.size() > 1) {
      throw Problem.at(name, Code.INVALID_REQUEST, "this part stands more than once");
    }
    if (named.getFirst().size() > max) {
      throw Problem.at(name, Code.TOO_LARGE, "at most " + max + " bytes are taken");
    }
    return named.getFirst();
  }
}
