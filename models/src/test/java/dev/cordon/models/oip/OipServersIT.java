package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.RealServers.Place;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers with the same graphs behind them answer as this process does. */
class OipServersIT {
  private static final Path FAMILIES = Path.of("testdata/families");
  private static final double LEAST_COSINE = 0.9999;
  private static RealServers servers;
  private static ModelPackage pack;
  private static OnnxImageTextModel edge;

  @BeforeAll
  static void start() throws Exception {
    servers = RealServers.start(FAMILIES.resolve("mobileclip-s0"));
    pack = ModelPackage.open(FAMILIES.resolve("mobileclip-s0"));
    edge = OnnxImageTextModel.load(pack, new OnnxOptions(1));
  }

  @AfterAll
  static void stop() {
    edge.close();
    servers.close();
  }

  private static OipTarget target(Place place, String model) throws TargetException {
    return OipTarget.open(TargetOptions.of(servers.uri(place), model));
  }

  @ParameterizedTest
  @EnumSource
  void picturesGetTheVectorsOfThisProcess(Place place) throws Exception {
    RgbImage image = TestPictures.photo("coffee");
    List<View> views = new ArrayList<>(List.of(View.whole(image)));
    for (int i = 0; i < 10; i++) {
      views.add(new View(image, new Region(i, 2 * i, 40 + 3 * i, 90 - i)));
    }
    try (OipTarget target = target(place, "image")) {
      ImageVectors remote = target.images(pack, Cancellation.none());
      List<float[]> there = remote.embed(views, Cancellation.none());
      List<float[]> here = edge.imageVectors().embed(views, Cancellation.none());

      assertEquals(views.size(), there.size());
      for (int i = 0; i < views.size(); i++) {
        assertTrue(cosine(here.get(i), there.get(i)) >= LEAST_COSINE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void textsGetTheVectorsOfThisProcess(Place place) throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      texts.add("a photo of " + "a cat ".repeat(i));
    }
    try (OipTarget target = target(place, "text")) {
      float[][] there = target.texts(pack, Cancellation.none()).embed(texts, Cancellation.none());
      float[][] here = edge.textVectors().embed(texts, Cancellation.none());

      for (int i = 0; i < texts.size(); i++) {
        assertTrue(cosine(here[i], there[i]) >= LEAST_COSINE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelAnswersWithItsImageTowerElsewhere(Place place) throws Exception {
    RgbImage image = TestPictures.photo("rocket");
    Region whole = new Region(0, 0, image.width(), image.height());
    List<String> texts = List.of("a rocket", "a cup of coffee");
    try (OipTarget target = target(place, "image")) {
      ImageVectors remote = target.images(pack, Cancellation.none());
      Similarities split =
          edge.bind(Picture.of(image), Cancellation.none(), remote, edge.textVectors())
              .compare(List.of(whole), texts);
      Similarities here = edge.bind(image).compare(List.of(whole), texts);

      for (int text = 0; text < texts.size(); text++) {
        assertEquals(here.cosine(0, text), split.cosine(0, text), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void byteStringsComeBackAsTheyWent(Place place) throws Exception {
    byte[] sent = "Straße, 日本".getBytes(StandardCharsets.UTF_8);
    try (OipTarget target = target(place, "echo")) {
      List<Long> shape = List.of(2L, 1L);
      OipTensor given = new OipTensor("given", shape, new Strings(List.of(sent, sent)));
      Inference.Expected same = new Inference.Expected("same", Datatype.BYTES, shape);
      Inference echo = new Inference("echo", null, List.of(given), same);

      Strings back = (Strings) target.infer(echo, Departure.UNTOLD, Cancellation.none());
      assertArrayEquals(sent, back.list().get(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItIsAliveAndWhichModelIsReady(Place place) throws Exception {
    try (OipTarget target = target(place, "image");
        OipTarget other = target(place, "none")) {
      assertTrue(target.isLive(Cancellation.none()));
      assertTrue(target.isReady(Cancellation.none()));
      assertFalse(other.isReady(Cancellation.none()));
      assertThrows(TargetException.class, () -> other.images(pack, Cancellation.none()).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelWithOtherTensorsIsRefusedByName(Place place) throws Exception {
    ModelPackage other = ModelPackage.open(FAMILIES.resolve("clip-vit-b32"));
    try (OipTarget target = target(place, "text");
        OipTarget images = target(place, "image")) {
      TargetException image =
          assertThrows(TargetException.class, () -> target.images(pack, Cancellation.none()));
      TargetException size =
          assertThrows(TargetException.class, () -> images.images(other, Cancellation.none()));

      assertEquals(Kind.REFUSED, image.kind());
      assertTrue(image.getMessage().contains("`pixel_values`"), image.getMessage());
      assertTrue(size.getMessage().contains("shape of input `pixel_values`"), size.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCallWithoutTimeIsCancelled(Place place) throws Exception {
    try (OipTarget target = target(place, "image")) {
      ImageVectors remote = target.images(pack, Cancellation.none());
      Cancellation over = Cancellation.after(Duration.ofNanos(1));
      over.cancel();
      PluginException refused =
          assertThrows(
              PluginException.class,
              () -> remote.embed(List.of(View.whole(TestPictures.photo("coffee"))), over));

      assertEquals(PluginException.Kind.CANCELLED, refused.kind());
    }
  }

  @Test
  void bytesAreUsedWhereTheServerTakesThem() throws Exception {
    assertTrue(takesBinary(Place.TRITON_REST));
    assertFalse(takesBinary(Place.MLSERVER_REST));
  }

  private static boolean takesBinary(Place place) throws TargetException {
    try (RestTransport rest = new RestTransport(servers.uri(place), null)) {
      return rest.server(Call.of(Cancellation.none(), Duration.ofSeconds(5))).takesBinary();
    }
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
