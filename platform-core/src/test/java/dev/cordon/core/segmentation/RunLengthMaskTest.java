package dev.cordon.core.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.ImageGeometry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against strings that pycocotools made of the same masks. */
class RunLengthMaskTest {
  private static final Map<String, ToDoubleBiFunction<Integer, Integer>> LOGITS =
      Map.of(
          "disc", (row, column) -> 2500.37 - square(row - 70) - square(column - 100),
          "stripes", (row, column) -> (row * 7 + column * 3) % 41 - 20.63,
          "none", (row, column) -> -1,
          "all", (row, column) -> 1);

  private static double square(double side) {
    return side * side;
  }

  private static Stream<JsonNode> vectors(String kind) throws IOException {
    JsonNode file =
        new ObjectMapper().readTree(Path.of("testdata", "run-length-masks.json").toFile());
    return StreamSupport.stream(file.get(kind).spliterator(), false);
  }

  static Stream<JsonNode> runs() throws IOException {
    return vectors("runs");
  }

  static Stream<JsonNode> masks() throws IOException {
    return vectors("masks");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void writesRunsAsPycocotoolsDoes(JsonNode vector) {
    int length = vector.get("height").asInt() * vector.get("width").asInt();
    IntBinaryOperator pixel =
        vector.has("pixels")
            ? (at, _) -> vector.get("pixels").asText().charAt(at) - '0'
            : (at, _) -> contains(vector.get("ones"), at) ? 1 : 0;
    RunLengthMask.Runs runs = new RunLengthMask.Runs();
    for (int at = 0; at < length; at++) {
      runs.add(pixel.applyAsInt(at, 0), 1);
    }
    assertEquals(vector.get("counts").asText(), runs.text());
  }

  private static boolean contains(JsonNode numbers, int wanted) {
    return StreamSupport.stream(numbers.spliterator(), false).anyMatch(n -> n.asInt() == wanted);
  }

  @ParameterizedTest
  @MethodSource("masks")
  void cutsAMaskAtTheImageAndAtZero(JsonNode vector) {
    ToDoubleBiFunction<Integer, Integer> logit = LOGITS.get(vector.get("logits").asText());
    float[] logits = new float[256 * 256];
    for (int cell = 0; cell < 256 * 256; cell++) {
      logits[cell] = (float) logit.applyAsDouble(cell / 256, cell % 256);
    }
    int width = vector.get("width").asInt();
    int height = vector.get("height").asInt();
    RunLengthMask mask =
        RunLengthMask.of(new LowResolutionMask(256, 256, logits), new ImageGeometry(width, height));
    assertArrayEquals(new int[] {height, width}, mask.size());
    assertEquals(vector.get("counts").asText(), mask.counts());
  }
}
