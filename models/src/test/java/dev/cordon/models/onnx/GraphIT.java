package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.TestPackages;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter's graphs under manifests that say something else of them. */
class GraphIT {
  @TempDir Path folder;

  @Test
  void refusesAnInputNameTheGraphLacks() throws Exception {
    assertRefused(
        m -> tensor(m, "/image/input").put("name", "pixels"),
        "graph `image_encoder.onnx` has no input `pixels`");
  }

  @Test
  void refusesAnOutputNameTheGraphLacks() throws Exception {
    assertRefused(
        m -> tensor(m, "/text/embedding").put("name", "pooled"),
        "graph `text_model.onnx` has no output `pooled`");
  }

  @Test
  void refusesAPatchOutputTheGraphLacks() throws Exception {
    assertRefused(
        m -> tensor(m, "/image/patches/output").put("name", "tokens"),
        "graph `image_encoder.onnx` has no output `tokens`");
  }

  @Test
  void refusesAnInputTheManifestLeavesOut() throws Exception {
    assertRefused(
        m -> tensor(m, "/text").putNull("tokenTypes"),
        "graph `text_model.onnx` has an input `token_type_ids` that the manifest lacks");
  }

  @Test
  void refusesAnotherShape() throws Exception {
    assertRefused(
        m -> tensor(m, "/image/embedding").putArray("shape").add(-1).add(512),
        "shape of output `image_embeds` in graph `image_encoder.onnx` is [-1, 384], not as"
            + " declared");
  }

  @Test
  void refusesAnotherType() throws Exception {
    assertRefused(
        m -> tensor(m, "/text/ids").put("type", "float32"),
        "type of input `input_ids` in graph `text_model.onnx` is INT64, not as declared");
  }

  @Test
  void refusesADimensionTheGraphsDoNotGive() throws Exception {
    String message = refusal(m -> m.put("dimension", 512));

    assertTrue(message.startsWith("the graphs do not run"), message);
  }

  @Test
  void refusesAGridTheGraphDoesNotGive() throws Exception {
    String message = refusal(m -> tensor(m, "/image/patches").put("grid", 13));

    assertTrue(message.startsWith("the graphs do not run"), message);
  }

  @Test
  void refusesAFileThatIsNoGraph() throws Exception {
    String message = refusal(m -> tensor(m, "/image").put("graph", "labels.json"));

    assertEquals("graph `labels.json` cannot be loaded", message);
  }

  @Test
  void refusesATokenizerOfAnotherKind() throws Exception {
    String message = refusal(m -> tensor(m, "/text/tokenizer").put("kind", "clip-bpe"));

    assertEquals(
        "tokenizer `tokenizer.json` is refused: tokenizer field `/model/type` is not `BPE`",
        message);
  }

  private static ObjectNode tensor(ObjectNode manifest, String pointer) {
    return (ObjectNode) manifest.at(pointer);
  }

  private void assertRefused(Consumer<ObjectNode> change, String message) throws Exception {
    assertEquals(message, refusal(change));
  }

  private String refusal(Consumer<ObjectNode> change) throws Exception {
    TestPackages.copy(folder, change);
    return assertThrows(ModelPackageException.class, this::load).getMessage();
  }

  private OnnxImageTextModel load() throws ModelPackageException {
    return OnnxImageTextModel.load(ModelPackage.open(folder), new OnnxOptions(1));
  }
}
