package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.digest.Sha256;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every package that ships or stands for a family passes; one that breaks a promise does not. */
class ParityGateIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path TOY = Path.of("testdata/families/clip-vit-b16");

  private final List<String> said = new ArrayList<>();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "starter",
        "testdata/families/clip-vit-b32",
        "testdata/families/clip-vit-b16",
        "testdata/families/siglip-base",
        "testdata/families/mobileclip-s0"
      })
  void passesWhatKeepsItsPromises(String pack) throws Exception {
    ParityGate.check(ModelPackage.open(Path.of(pack)), said::add);

    assertTrue(said.stream().allMatch(line -> line.startsWith("parity: ")), said.toString());
    assertTrue(said.stream().anyMatch(line -> line.contains("8 vectors")), said.toString());
  }

  @Test
  void comparesABatchWhereThePackagePromisesOne() throws Exception {
    ParityGate.check(ModelPackage.open(TOY), said::add);

    long batches = said.stream().filter(line -> line.contains("a batch gives")).count();
    assertTrue(batches == 2, said.toString());
  }

  @Test
  void comparesWithTheMakersVectors() throws Exception {
    ModelPackage right = packed(_ -> {}, parity(1));
    ParityGate.check(right, said::add);
    assertTrue(said.toString().contains("1 texts and 1 pictures as their makers"), said.toString());
  }

  @Test
  void refusesOtherVectorsThanTheMakers() throws Exception {
    String why = refusal(packed(_ -> {}, parity(-1)));

    assertTrue(why.contains("the makers' vectors in `parity.json`: cosine -1.0"), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"texts\":[],\"pictures\":[]}",
        "{\"texts\":[{\"text\":\"a\",\"vector\":[1]}],"
            + "\"pictures\":[{\"width\":1,\"height\":1,\"rgb\":\"AAAA\",\"vector\":[1]}]}",
        "{\"texts\":[{\"text\":\"a\",\"vector\":null}],"
            + "\"pictures\":[{\"width\":1,\"height\":1,\"rgb\":\"AAAA\",\"vector\":[1]}]}",
        "{\"texts\":[{\"text\":\"a\",\"vector\":[1]}],"
            + "\"pictures\":[{\"width\":2,\"height\":1,\"rgb\":\"AAAA\",\"vector\":[1]}]}"
      })
  void refusesAParityFileThatIsNone(String json) throws Exception {
    String why = refusal(packed(_ -> {}, json.getBytes()));

    assertTrue(why.startsWith("`parity.json` "), why);
  }

  @Test
  void comparesWithTheSameGraphInFloats() throws Exception {
    byte[] graph = Files.readAllBytes(TOY.resolve("vision_model.onnx"));
    ParityGate.check(packed("vision_model_fp32.onnx", graph), said::add);
    assertTrue(said.toString().contains("as `vision_model_fp32.onnx` computes in float32"));
    assertTrue(said.toString().contains("one graph only is there"), said.toString());
  }

  @Test
  void refusesAGraphThatLostTooMuch() throws Exception {
    byte[] graph = Files.readAllBytes(TOY.resolve("vision_model.onnx"));
    Arrays.fill(graph, 2_000, 20_000, (byte) 0);

    String why = refusal(packed("vision_model_fp32.onnx", graph));

    assertTrue(why.contains("vectors differ from `vision_model_fp32.onnx`: cosine"), why);
  }

  @Test
  void refusesATowerThatSeesNothing() throws Exception {
    // A deviation so great that every picture is prepared as the same grey.
    ModelPackage blind =
        packed(
            manifest -> {
              ArrayNode std = ((ObjectNode) manifest.at("/image/preprocessing")).putArray("std");
              std.add(1e9).add(1e9).add(1e9);
            },
            null);

    assertTrue(refusal(blind).contains("the same vector whatever it is given"), said.toString());
  }

  private String refusal(ModelPackage pack) {
    return assertThrows(ModelPackageException.class, () -> ParityGate.check(pack, said::add))
        .getMessage();
  }

  /** Vectors of the toy itself, times a factor. */
  private static byte[] parity(int factor) throws Exception {
    RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 40, 50, 60});
    ObjectNode file = JSON.createObjectNode();
    try (OnnxImageTextModel model =
        OnnxImageTextModel.load(ModelPackage.open(TOY), new OnnxOptions(1))) {
      ObjectNode text = file.putArray("texts").addObject().put("text", "a cat");
      numbers(text.putArray("vector"), model.embedText("a cat"), factor);
      ObjectNode picture = file.putArray("pictures").addObject();
      picture.put("width", 2).put("height", 1).put("rgb", image.rgb());
      numbers(picture.putArray("vector"), model.embedImage(image), factor);
    }
    return JSON.writeValueAsBytes(file);
  }

  private static void numbers(ArrayNode array, float[] vector, int factor) {
    for (float value : vector) {
      array.add(3 * factor * value);
    }
  }

  private ModelPackage packed(String name, byte[] content) throws Exception {
    return packed(manifest -> declare(manifest, name, content), null, name, content);
  }

  private ModelPackage packed(Consumer<ObjectNode> change, byte[] parity) throws Exception {
    return packed(change, parity, null, null);
  }

  private ModelPackage packed(
      Consumer<ObjectNode> change, byte[] parity, String more, byte[] content) throws Exception {
    try (Stream<Path> files = Files.list(TOY)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    ObjectNode manifest = (ObjectNode) JSON.readTree(TOY.resolve("manifest.json").toFile());
    change.accept(manifest);
    if (parity != null) {
      Files.write(folder.resolve(ParityFile.NAME), parity);
      declare(manifest, ParityFile.NAME, parity);
    }
    if (more != null) {
      Files.write(folder.resolve(more), content);
    }
    Files.writeString(folder.resolve("manifest.json"), manifest.toString());
    return ModelPackage.open(folder);
  }

  private static void declare(ObjectNode manifest, String name, byte[] content) {
    ((ObjectNode) manifest.get("files"))
        .putObject(name)
        .put("sha256", Sha256.of(content))
        .put("bytes", content.length);
  }
}
