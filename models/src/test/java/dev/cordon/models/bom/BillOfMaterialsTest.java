package dev.cordon.models.bom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.digest.Sha256;
import dev.cordon.models.manifest.ManifestReader;
import dev.cordon.models.manifest.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R48")
class BillOfMaterialsTest {
  private static final Metric METRIC = new Metric("top-1", "0.5", "all of it");
  private static final String CARD = "/metadata/component/modelCard";

  private final byte[] json = bytes();
  private final ModelManifest manifest = manifest(json);
  private final String digest = Sha256.of(json);

  @Test
  void whatIsWrittenIsComplete() throws IOException {
    BillOfMaterials bill = BillOfMaterials.of(manifest, digest, List.of(METRIC));

    assertEquals(Optional.empty(), bill.missing(manifest, digest));
    assertEquals(List.of(METRIC), BillOfMaterials.read(bill.write()).metrics());
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    assertEquals(
        new String(written(), StandardCharsets.UTF_8),
        new String(written(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bomFormat",
        "/specVersion",
        "/metadata/component/type",
        "/metadata/component/name",
        "/metadata/component/version",
        "/metadata/component/hashes/0/content",
        "/metadata/component/licenses/0/expression",
        CARD + "/modelParameters/datasets",
        CARD + "/modelParameters/datasets/1/name",
        CARD + "/modelParameters/datasets/1/description",
        CARD + "/quantitativeAnalysis/performanceMetrics",
        CARD + "/quantitativeAnalysis/performanceMetrics/0/type",
        CARD + "/quantitativeAnalysis/performanceMetrics/0/value",
        CARD + "/quantitativeAnalysis/performanceMetrics/0/slice",
        CARD + "/considerations/useCases",
        CARD + "/considerations/technicalLimitations"
      })
  void aFieldThatIsRemovedOrEmptiedIsNamed(String pointer) throws IOException {
    int slash = pointer.lastIndexOf('/');
    for (boolean removed : new boolean[] {true, false}) {
      JsonNode tree = JsonMapper.builder().build().readTree(written());
      ObjectNode parent = (ObjectNode) tree.at(pointer.substring(0, slash));
      String name = pointer.substring(slash + 1);
      if (removed) {
        parent.remove(name);
      } else if (parent.get(name) instanceof ArrayNode list) {
        list.removeAll();
      } else {
        parent.put(name, " ");
      }

      assertEquals(Optional.of(pointer.substring(1).replace('/', '.')), missing(tree));
    }
  }

  @Test
  void languagesAreNeeded() throws IOException {
    JsonNode tree = JsonMapper.builder().build().readTree(written());
    ((ArrayNode) tree.at(CARD + "/properties")).removeAll();

    assertEquals(
        Optional.of("metadata.component.modelCard.properties.cordon:language"), missing(tree));
  }

  @Test
  void aBillOfAnotherPackageIsNone() throws IOException {
    BillOfMaterials bill = BillOfMaterials.read(written());

    assertEquals(
        Optional.of("metadata.component.hashes.0.content"),
        bill.missing(manifest, digest.replace('3', '4')));
  }

  @Test
  void nothingMeasuredIsNotComplete() {
    assertEquals(
        Optional.of("metadata.component.modelCard.quantitativeAnalysis.performanceMetrics"),
        BillOfMaterials.of(manifest, digest, List.of()).missing(manifest, digest));
    assertThrows(IllegalArgumentException.class, () -> new Metric("top-1", "", "all"));
  }

  private Optional<String> missing(JsonNode tree) throws IOException {
    return BillOfMaterials.read(tree.toString().getBytes(StandardCharsets.UTF_8))
        .missing(manifest, digest);
  }

  private byte[] written() {
    return BillOfMaterials.of(manifest, digest, List.of(METRIC)).write();
  }

  private static byte[] bytes() {
    try {
      return Files.readAllBytes(Path.of("starter/manifest.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ModelManifest manifest(byte[] json) {
    try {
      return ManifestReader.read(json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
