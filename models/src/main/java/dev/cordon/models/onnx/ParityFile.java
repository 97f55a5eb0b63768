package dev.cordon.models.onnx;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackageException;
import java.io.IOException;
import java.util.List;

/**
 * A package's {@code parity.json}: texts and small pictures with the vectors that its makers
 * computed for them.
 */
record ParityFile(List<Text> texts, List<Picture> pictures) {
  static final String NAME = "parity.json";

  private static final int MOST = 64;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ParityFile {
    if (texts.size() > MOST || pictures.size() > MOST || texts.isEmpty() || pictures.isEmpty()) {
      throw new IllegalArgumentException("it needs 1 to " + MOST + " texts and as many pictures");
    }
  }

  /** A text and its vector, of any length but zero. */
  record Text(String text, float[] vector) {}

  /** A picture, row by row from the top in RGB and base64, and its vector. */
  record Picture(RgbImage image, float[] vector) {
    @JsonCreator
    static Picture of(
        @JsonProperty("width") int width,
        @JsonProperty("height") int height,
        @JsonProperty("rgb") byte[] rgb,
        @JsonProperty("vector") float[] vector) {
      return new Picture(new RgbImage(width, height, rgb), vector);
    }
  }

  static ParityFile read(byte[] json, int dimension) throws ModelPackageException {
    try {
      ParityFile file = JSON.readValue(json, ParityFile.class);
      boolean fits =
          file.texts().stream().allMatch(text -> text.vector().length == dimension)
              && file.pictures().stream().allMatch(one -> one.vector().length == dimension);
      if (!fits) {
        throw new ModelPackageException(
            "`" + NAME + "` holds a vector that has not " + dimension + " numbers");
      }
      return file;
    } catch (IOException e) {
      throw new ModelPackageException("`" + NAME + "` cannot be read", e);
    }
  }
}
