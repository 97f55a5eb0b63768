package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A segmenter in miniature, with the inputs and outputs of SAM, made by make_segmenter.py. */
class OnnxSegmenterIT {
  private static final Path TOY = Path.of("testdata/families/sam");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SegmentationPrompt POINT =
      new SegmentationPrompt("", 1, List.of(new PromptPoint(9, 9, true)), null, null);

  @Test
  void masksAreThoseOfTheSameGraphsInPython() throws Exception {
    JsonNode expected = JSON.readTree(Path.of("testdata/segmenter.json").toFile());
    try (OnnxSegmenter segmenter = load(TOY)) {
      for (var answers : expected.get("answers").properties()) {
        RgbImage photo = TestPictures.photo(answers.getKey());
        OnnxSegmenter.Embedded embedded = segmenter.embed(photo, Cancellation.none());
        for (var answer : answers.getValue().properties()) {
          JsonNode prompt = expected.get("prompts").get(answer.getKey());
          requireSame(answer.getValue(), embedded.mask(prompt(prompt)));
        }
      }
    }
  }

  private static void requireSame(JsonNode expected, SegmentedMask found) {
    assertEquals(expected.get("score").asDouble(), found.score(), 1e-4);
    LowResolutionMask mask = found.logits();
    assertEquals(expected.get("width").asInt(), mask.width());
    assertEquals(expected.get("height").asInt(), mask.height());
    int on = 0;
    for (int cell = 0; cell < mask.width() * mask.height(); cell++) {
      on += mask.logit(cell / mask.width(), cell % mask.width()) > 0 ? 1 : 0;
    }
    assertEquals(expected.get("on").asInt(), on, 200);
    JsonNode rows = expected.get("logits");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        double wanted = rows.get(i).get(j).asDouble();
        assertEquals(wanted, mask.logit(7 + 97 * i, 5 + 101 * j), 0.02);
      }
    }
  }

  private static SegmentationPrompt prompt(JsonNode json) {
    List<PromptPoint> points = new ArrayList<>();
    for (JsonNode point : json.get("points")) {
      points.add(
          new PromptPoint(point.get(0).asInt(), point.get(1).asInt(), point.get(2).asInt() == 1));
    }
    JsonNode b = json.get("box");
    Region box =
        b.isNull()
            ? null
            : new Region(b.get(0).asInt(), b.get(1).asInt(), b.get(2).asInt(), b.get(3).asInt());
    return new SegmentationPrompt(
        "", 1, points, box, json.get("mask").asBoolean() ? rough() : null);
  }

  /** As in make_segmenter.py. */
  private static LowResolutionMask rough() {
    float[] logits = new float[256 * 256];
    for (int cell = 0; cell < logits.length; cell++) {
      int row = cell / 256;
      int column = cell % 256;
      logits[cell] = row >= 60 && row < 140 && column >= 90 && column < 200 ? 6 : -6;
    }
    return new LowResolutionMask(256, 256, logits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "/segmenter/decoder/masks/name; 'other'; has no output `other`",
        "/segmenter/decoder/scores/shape; [1, 3]; shape of output `iou_predictions`",
        "/segmenter/encoder/embedding/shape; [1, 256, 32, 32]; shape of output `image_embeddings`",
        "/segmenter/encoder/input/shape; [1, 3, 512, 512]; `segmenter.encoder.input`",
        "/segmenter/decoder/graph; 'image_encoder.onnx'; has no input `image_embeddings`",
      })
  void graphsThatAreNotTheFamilysAreRefusedByName(
      String pointer, String value, String message, @TempDir Path folder) throws Exception {
    Path changed = ChangedPackage.of(TOY, pointer, value, folder.resolve("changed"));

    ModelPackageException refused = assertThrows(ModelPackageException.class, () -> load(changed));
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }

  @Test
  void aPackageOfAnotherTaskIsNoSegmenterAndTheOtherWayRound() throws Exception {
    ModelPackage towers = ModelPackage.open(Path.of("testdata/families/clip-vit-b32"));
    assertThrows(ModelPackageException.class, () -> OnnxSegmenter.load(towers, new OnnxOptions(1)));
    assertThrows(
        ModelPackageException.class,
        () -> OnnxImageTextModel.load(ModelPackage.open(TOY), new OnnxOptions(1)));
  }

  @Test
  void theParityGateRunsIt() throws Exception {
    List<String> said = new ArrayList<>();
    ParityGate.check(ModelPackage.open(TOY), said::add);
    assertTrue(said.stream().anyMatch(line -> line.contains("4 masks")), said::toString);
  }

  @Test
  void aCancelledCallAndAClosedSegmenterAreRefused() throws Exception {
    RgbImage photo = TestPictures.photo("coffee");
    OnnxSegmenter segmenter = load(TOY);
    Cancellation call = Cancellation.none();
    OnnxSegmenter.Embedded embedded = segmenter.embed(photo, call);
    call.cancel();
    assertRefused(Kind.CANCELLED, () -> embedded.mask(POINT));
    OnnxSegmenter.Embedded other = segmenter.embed(photo, Cancellation.none());
    segmenter.close();
    assertRefused(Kind.UNAVAILABLE, () -> other.mask(POINT));
    assertRefused(Kind.UNAVAILABLE, () -> segmenter.embed(photo, Cancellation.none()));
  }

  private interface Call {
    Object run() throws PluginException;
  }

  private static void assertRefused(Kind kind, Call call) {
    assertEquals(kind, assertThrows(PluginException.class, call::run).kind());
  }

  private static OnnxSegmenter load(Path folder) throws ModelPackageException {
    return OnnxSegmenter.load(ModelPackage.open(folder), new OnnxOptions(1));
  }
}
