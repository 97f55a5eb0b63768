package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proposal model in miniature, made by make_proposer.py. */
class OnnxProposerIT {
  private static final Path TOY = Path.of("testdata/families/proposer");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void boxesAreThoseOfTheSameGraphInPython() throws Exception {
    JsonNode expected = JSON.readTree(Path.of("testdata/proposer.json").toFile());
    try (OnnxProposer proposer = load(TOY)) {
      for (var answer : expected.properties()) {
        RgbImage photo = TestPictures.photo(answer.getKey());
        List<ProposedBoxes.Box> found = proposer.boxes(photo, Cancellation.none()).likeliest();
        JsonNode boxes = answer.getValue().get("boxes");
        assertEquals(boxes.size(), found.size());
        for (int i = 0; i < found.size(); i++) {
          ProposedBoxes.Box box = found.get(i);
          assertArrayEquals(
              JSON.convertValue(boxes.get(i), float[].class),
              new float[] {box.left(), box.top(), box.right(), box.bottom()});
          assertEquals(answer.getValue().get("scores").get(i).asDouble(), box.score(), 1e-4);
        }
        ImageGeometry size = new ImageGeometry(photo.width(), photo.height());
        List<Region> regions = proposer.propose(photo, Cancellation.none());
        assertTrue(regions.size() >= 4 && regions.stream().allMatch(r -> r.isInside(size)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "/proposer/boxes/name; 'other'; has no output `other`",
        "/proposer/boxes/shape; [1, -1, 4]; `proposer.boxes` is not float32 of [-1, 4]",
        "/proposer/scores/shape; [-1, 1]; `proposer.scores` is not float32 of [-1]",
        "/proposer/scores/type; 'int64'; `proposer.scores` is not float32 of [-1]",
        "/proposer/input/shape; [1, 3, 64, 32]; `proposer.input` is not float32 of [1, 3, 32, 32]",
        "/proposer/input/shape; [1, 3, -1, -1]; `proposer.input.shape`",
        "/proposer/input/shape; [1, 3, 32, 32]; shape of input `pixel_values`",
        "/proposer/std; [1, 1, 0]; `proposer.std`",
        "/proposer/graph; 'model_card.md'; graph `model_card.md` cannot be loaded",
        "/proposer/graph; 'other.onnx'; `files` does not declare `other.onnx`",
      })
  void aGraphThatIsNotAsDeclaredIsRefusedByName(
      String pointer, String value, String message, @TempDir Path folder) throws Exception {
    Path changed = ChangedPackage.of(TOY, pointer, value, folder.resolve("changed"));

    ModelPackageException refused = assertThrows(ModelPackageException.class, () -> load(changed));
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }

  @Test
  void aPackageOfAnotherTaskProposesNothingAndTheOtherWayRound() throws Exception {
    assertThrows(
        ModelPackageException.class, () -> load(Path.of("testdata/families/clip-vit-b32")));
    assertThrows(
        ModelPackageException.class,
        () -> OnnxSegmenter.load(ModelPackage.open(TOY), new OnnxOptions(1)));
  }

  @Test
  void theParityGateRunsIt() throws Exception {
    List<String> said = new ArrayList<>();
    ParityGate.check(ModelPackage.open(TOY), said::add);
    assertTrue(
        said.stream().anyMatch(line -> line.contains("boxes of 8 pictures")), said::toString);
  }

  @Test
  void aCancelledCallAndAClosedModelAreRefused() throws Exception {
    RgbImage photo = TestPictures.photo("coffee");
    OnnxProposer proposer = load(TOY);
    Cancellation call = Cancellation.none();
    call.cancel();
    assertRefused(Kind.CANCELLED, () -> proposer.propose(photo, call));
    proposer.close();
    proposer.close();
    assertRefused(Kind.UNAVAILABLE, () -> proposer.propose(photo, Cancellation.none()));
  }

  private static void assertRefused(Kind kind, Executable call) {
    assertEquals(kind, assertThrows(PluginException.class, call).kind());
  }

  private static OnnxProposer load(Path folder) throws ModelPackageException {
    return OnnxProposer.load(ModelPackage.open(folder), new OnnxOptions(1));
  }
}
