package dev.cordon.models.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void readsTheStarter() throws IOException {
    ModelManifest manifest = read(starter());

    assertEquals(ModelManifest.Task.IMAGE_TEXT_SIMILARITY, manifest.task());
    assertEquals(384, manifest.dimension());
    assertEquals(260, manifest.image().preprocessing().size());
    assertEquals(TextTower.Kind.WORD_PIECE, manifest.text().tokenizer().kind());
    assertEquals(List.of(-1L, 384L), manifest.text().embedding().shape());
    assertEquals(-3.382, manifest.calibration().sigmoidBias());
  }

  @Test
  void readsASegmenterAndNothingOfTwoTasks() throws IOException {
    ObjectNode json =
        (ObjectNode) JSON.readTree(Path.of("testdata/families/sam/manifest.json").toFile());
    ModelManifest manifest = read(json);
    assertEquals(ModelManifest.Task.PROMPTABLE_SEGMENTATION, manifest.task());
    assertEquals("mask_decoder.onnx", manifest.segmenter().decoder().graph());
    assertEquals(List.of(123.675, 116.28, 103.53), manifest.segmenter().encoder().mean());

    assertEquals("unknown field `dimension`", refusal(json.deepCopy().put("dimension", 1) + ""));
    ObjectNode both = starter();
    both.set("segmenter", json.get("segmenter"));
    assertEquals("unknown field `segmenter`", refusal(both.toString()));
    json.remove("segmenter");
    assertTrue(refusal(json.toString()).contains("`segmenter`"));
  }

  @Test
  void readsAProposalModelAndNothingOfOtherTasks() throws IOException {
    ObjectNode json =
        (ObjectNode) JSON.readTree(Path.of("testdata/families/proposer/manifest.json").toFile());
    ModelManifest manifest = read(json);
    assertEquals(ModelManifest.Task.REGION_PROPOSAL, manifest.task());
    assertEquals("proposals.onnx", manifest.proposer().graph());
    assertEquals(64, manifest.proposer().preprocessing().size());

    for (String foreign : List.of("dimension", "segmenter")) {
      assertEquals(
          "unknown field `" + foreign + "`", refusal(json.deepCopy().put(foreign, 1) + ""));
    }
    ObjectNode starter = starter();
    starter.set("proposer", json.get("proposer"));
    assertEquals("unknown field `proposer`", refusal(starter.toString()));
    json.remove("proposer");
    assertTrue(refusal(json.toString()).contains("`proposer`"));
  }

  /** Every object of the manifest whose fields the format names. */
  static Stream<String> objects() throws IOException {
    List<String> pointers = new ArrayList<>();
    collect(starter(), "", pointers);
    return pointers.stream().filter(p -> !p.equals("/files"));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void refusesAnUnknownFieldWhereverItIs(String pointer) throws IOException {
    ObjectNode manifest = starter();
    ((ObjectNode) manifest.at(pointer)).put("surprise", 1);

    String field = (pointer + "/surprise").substring(1).replace('/', '.');
    assertEquals("unknown field `" + field + "`", refusal(manifest.toString()));
  }

  @ParameterizedTest
  @MethodSource("objects")
  @Tag("R48")
  void refusesAMissingFieldWhereverItIs(String pointer) throws IOException {
    for (String name : names((ObjectNode) starter().at(pointer))) {
      ObjectNode manifest = starter();
      ((ObjectNode) manifest.at(pointer)).remove(name);

      assertTrue(refusal(manifest.toString()).contains(name), pointer + "/" + name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "/format; 2; `format` 2 is not known, only 1",
        "/format; \"'1'\"; `format`",
        "/description; null; `description` is missing",
        "/description; \"'two\\nlines'\"; `description` is not one line of at most 400",
        "/dimension; 384.5; `dimension`",
        "/dimension; 0; `dimension` is less than 1",
        "/dimension; null; `dimension`",
        "/id; \"'Bad Id'\"; `id` has a form that is not allowed",
        "/task; \"'face-recognition'\"; `task`",
        "/task; 0; `task`",
        "/licence; \"'Apache 2.0'\"; `licence` has a form that is not allowed",
        "/licence; \"'NOASSERTION'\"; `licence` names no licence",
        "/licence; \"'MIT AND unknown'\"; `licence` names no licence",
        "/licence; \"''\"; `licence` has a form that is not allowed",
        "/licence; null; `licence` is missing",
        "/sources/0/licence; null; `sources.licence` is missing",
        "/languages; []; `languages` is empty",
        "/languages; \"['english language']\"; `languages`",
        "/outOfScope; []; `outOfScope` is empty",
        "/card; \"'other.md'\"; `files` does not declare `other.md`",
        "/text/graph; \"'other.onnx'\"; `files` does not declare `other.onnx`",
        "/text/tokenizer/files; \"['other.json']\"; `files` does not declare `other.json`",
        "/text/tokenizer/kind; \"'sentencepiece'\"; `text.tokenizer.kind`",
        "/files/labels.json/sha256; \"'AB'\"; `files.sha256` has a form",
        "/files/labels.json/bytes; -1; `files.bytes` is less than 1",
        "/image/input/type; \"'float16'\"; `image.input.type`",
        "/image/input/shape; \"[0]\"; `shape` holds 0",
        "/image/preprocessing/std; \"[1, 1, 0]\"; `image.preprocessing.std`",
        "/image/preprocessing/mean; \"[1, 1]\"; does not have three channels",
        "/logitScale; -1; `logitScale` is not a positive number",
        "/calibration/sigmoidBias; \"'x'\"; `calibration.sigmoidBias`",
      })
  void refusesAValueByItsField(String pointer, String value, String message) throws IOException {
    ObjectNode manifest = starter();
    set(manifest, pointer, JSON.readTree(value.replace('\'', '"')));

    String refusal = refusal(manifest.toString());

    assertTrue(refusal.contains(message), refusal);
  }

  @Test
  void refusesAFieldGivenTwice() throws IOException {
    String json = starter().toString();

    String refusal = refusal(json.replaceFirst("\"dimension\"", "\"dimension\":1,\"dimension\""));

    assertTrue(refusal.contains("dimension"), refusal);
  }

  @Test
  void refusesWhatFollowsTheManifest() throws IOException {
    String json = starter().toString();

    assertThrows(IOException.class, () -> read(json + "{}"));
    assertThrows(IOException.class, () -> read("null"));
    assertThrows(IOException.class, () -> read(""));
    assertThrows(IOException.class, () -> read(json.substring(1)));
  }

  private static void collect(JsonNode node, String pointer, List<String> pointers) {
    if (node.isObject()) {
      pointers.add(pointer);
      node.properties().forEach(e -> collect(e.getValue(), pointer + "/" + e.getKey(), pointers));
    } else if (node.isArray() && !node.isEmpty()) {
      collect(node.get(0), pointer + "/0", pointers);
    }
  }

  private static void set(ObjectNode manifest, String pointer, JsonNode value) {
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = manifest.at(pointer.substring(0, slash));
    switch (parent) {
      case ObjectNode object -> object.set(pointer.substring(slash + 1), value);
      case ArrayNode array -> array.set(Integer.parseInt(pointer.substring(slash + 1)), value);
      default -> throw new IllegalArgumentException(pointer);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static ObjectNode starter() throws IOException {
    return (ObjectNode) JSON.readTree(Files.readAllBytes(Path.of("starter/manifest.json")));
  }

  private static ModelManifest read(JsonNode json) throws IOException {
    return read(json.toString());
  }

  private static ModelManifest read(String json) throws IOException {
    return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String json) {
    return assertThrows(IOException.class, () -> read(json), json).getMessage();
  }
}
