package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.oip.Described.Model;
import dev.cordon.models.oip.Described.Port;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.registry.ModelPackage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a target says about its model is held against the manifest, and its address against us. */
class TowerCheckTest {
  private static final Port PIXELS = new Port("pixel_values", "FP32", List.of(-1L, 3L, 256L, 256L));
  private static final Port VECTORS = new Port("image_embeds", "FP32", List.of(-1L, 512L));
  private static ModelManifest manifest;

  @BeforeAll
  static void open() throws Exception {
    manifest = ModelPackage.open(Path.of("testdata/families/mobileclip-s0")).manifest();
  }

  private static String refusal(List<Port> inputs, List<Port> outputs) {
    TargetException e =
        assertThrows(
            TargetException.class,
            () -> TowerCheck.images(new Model("m", inputs, outputs), manifest.image()));
    assertEquals(Kind.REFUSED, e.kind());
    return e.getMessage();
  }

  @Test
  void theTowerOfThePackageIsTaken() throws Exception {
    Port more = new Port("last_hidden_state", "FP32", List.of(-1L, 7L));
    Port open = new Port("pixel_values", "FP32", List.of(-1L, -1L, -1L, -1L));
    TowerCheck.images(new Model("m", List.of(PIXELS), List.of(VECTORS, more)), manifest.image());
    TowerCheck.images(new Model("m", List.of(open), List.of(VECTORS)), manifest.image());
  }

  @Test
  void otherTensorsAreRefusedByName() {
    Port type = new Port("pixel_values", "FP16", PIXELS.shape());
    Port size = new Port("pixel_values", "FP32", List.of(-1L, 3L, 224L, 224L));
    Port rank = new Port("pixel_values", "FP32", List.of(3L, 256L, 256L));
    Port one = new Port("pixel_values", "FP32", List.of(1L, 3L, 256L, 256L));
    Port length = new Port("image_embeds", "FP32", List.of(-1L, 768L));

    assertEquals(
        "the target's model does not have one input `pixel_values`",
        refusal(List.of(), List.of(VECTORS)));
    assertTrue(refusal(List.of(PIXELS, PIXELS), List.of(VECTORS)).contains("`pixel_values`"));
    assertTrue(refusal(List.of(type), List.of(VECTORS)).startsWith("type of input"));
    assertTrue(refusal(List.of(size), List.of(VECTORS)).startsWith("shape of input"));
    assertTrue(refusal(List.of(rank), List.of(VECTORS)).startsWith("shape of input"));
    assertTrue(refusal(List.of(one), List.of(VECTORS)).startsWith("shape of input"));
    assertTrue(refusal(List.of(PIXELS), List.of(length)).contains("output `image_embeds`"));
    assertTrue(refusal(List.of(PIXELS), List.of()).contains("output `image_embeds`"));
    assertTrue(refusal(List.of(PIXELS, VECTORS), List.of(VECTORS)).contains("manifest lacks"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://triton.example:8000",
        "grpc://triton.example:8001",
        "http://127.0.0.1.example:8000",
        "http://10.0.0.1:8000",
        "file:///etc/passwd",
        "https://user:secret@triton.example",
        "https://triton.example/?token=1",
        "grpcs://triton.example",
        "grpcs://triton.example:8001/v2",
        "https:///v2",
        "triton"
      })
  void anAddressThatIsNotSafeIsRefused(String uri) {
    assertThrows(IllegalArgumentException.class, () -> TargetOptions.of(URI.create(uri), "image"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://triton.example",
        "https://triton.example:8443/team/",
        "grpcs://triton.example:8001",
        "http://localhost:8000",
        "http://[::1]:8000",
        "grpc://127.0.0.1:8001"
      })
  void encryptedOrLocalAddressesAreTaken(String uri) {
    assertEquals("image", TargetOptions.of(URI.create(uri), "image").model());
  }
}
