package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.TestPackages;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OnnxImageTextModelIT {
  private static final List<String> TEXTS =
      List.of("a photo of a cat", "a photo of a cup of coffee", "a photo of a rocket");

  private static ModelPackage pack;
  private static OnnxImageTextModel model;

  @BeforeAll
  static void load() throws Exception {
    pack = ModelPackage.open(TestPackages.STARTER);
    model = OnnxImageTextModel.load(pack, new OnnxOptions(1));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void recognisesWhatThePhotographsShow() throws Exception {
    for (int i = 0; i < TEXTS.size(); i++) {
      RgbImage image = TestPictures.photo(List.of("chelsea", "coffee", "rocket").get(i));

      Similarities found = model.bind(image).compare(List.of(whole(image)), TEXTS);

      float[] cosines = {found.cosine(0, 0), found.cosine(0, 1), found.cosine(0, 2)};
      float[] probabilities = found.softmax(cosines);
      assertEquals(1, probabilities[0] + probabilities[1] + probabilities[2], 1e-6);
      assertTrue(probabilities[i] > 0.5, TEXTS.get(i));
      assertTrue(found.probability(cosines[i]) > 0.5, TEXTS.get(i));
    }
  }

  @Test
  void calibratesAsThePackageSays() throws Exception {
    RgbImage image = TestPictures.photo("chelsea");
    Similarities found = model.bind(image).compare(List.of(whole(image)), TEXTS);

    double odds = Math.exp(17.5 * 0.1);
    float[] softmax = found.softmax(new float[] {0.3f, 0.2f});
    assertEquals(odds / (1 + odds), softmax[0], 1e-6);
    assertEquals(1 / (1 + Math.exp(-(15.924 * 0.3 - 3.382))), found.probability(0.3f), 1e-6);
    assertEquals(0, found.softmax(new float[0]).length);
  }

  @Test
  void answersByRegionAndTextInTheOrderAsked() throws Exception {
    RgbImage image = TestPictures.photo("chelsea");
    Region part = new Region(60, 20, 150, 150);

    Similarities both = model.bind(image).compare(List.of(part, whole(image)), TEXTS);

    Similarities one = model.bind(image).compare(List.of(part), List.of(TEXTS.get(2)));
    assertEquals(2, both.regions());
    assertEquals(3, both.texts());
    assertEquals(one.cosine(0, 0), both.cosine(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> both.cosine(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> both.cosine(2, 0));
  }

  @Test
  void mapsTheWholePictureOntoTheGrid() throws Exception {
    VisionLanguage rocket = model.bind(TestPictures.photo("rocket"));

    SimilarityMap map = rocket.map(TEXTS);

    assertTrue(rocket.info().denseMap());
    assertEquals(Set.of("en"), rocket.info().languages());
    assertEquals(List.of(14, 14, 3), List.of(map.rows(), map.columns(), map.texts()));
    assertThrows(IndexOutOfBoundsException.class, () -> map.cosine(0, 14, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.cosine(0, 0, 3));
  }

  @Test
  void refusesQuestionsThatHaveNoAnswer() throws Exception {
    RgbImage image = TestPictures.photo("chelsea");
    VisionLanguage bound = model.bind(image);
    Region outside = new Region(image.width() - 10, 0, 11, 10);

    assertRefused(Kind.BAD_QUESTION, () -> bound.compare(List.of(outside), TEXTS));
    assertRefused(Kind.BAD_QUESTION, () -> bound.compare(List.of(), TEXTS));
    assertRefused(Kind.BAD_QUESTION, () -> bound.compare(List.of(whole(image)), List.of()));
    assertRefused(Kind.BAD_QUESTION, () -> bound.map(List.of()));
  }

  @Test
  void givesIdenticalNumbersToManyThreads() throws Exception {
    RgbImage image = TestPictures.photo("coffee");
    List<Region> regions = List.of(whole(image), new Region(10, 10, 100, 90));
    Callable<List<Float>> ask =
        () -> {
          List<Float> all = new ArrayList<>();
          for (int round = 0; round < 5; round++) {
            List<String> texts = List.of("a photo of thing " + round, TEXTS.get(round % 3));
            Similarities found = model.bind(image).compare(regions, texts);
            for (int i = 0; i < 4; i++) {
              all.add(found.cosine(i / 2, i % 2));
            }
          }
          return all;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<Float>>> answers = threads.invokeAll(List.of(ask, ask, ask, ask));

      List<Float> alone = ask.call();
      for (Future<List<Float>> answer : answers) {
        assertEquals(alone, answer.get());
      }
    }
  }

  @Test
  void oneHandleServesManyThreads() throws Exception {
    RgbImage image = TestPictures.photo("coffee");
    VisionLanguage shared = model.bind(image);
    Callable<Float> ask = () -> shared.compare(List.of(whole(image)), TEXTS).cosine(0, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      float alone = model.bind(image).compare(List.of(whole(image)), TEXTS).cosine(0, 1);
      for (Future<Float> answer : threads.invokeAll(Collections.nCopies(20, ask))) {
        assertEquals(alone, answer.get());
      }
    }
  }

  @Test
  void doesNotGrowOverAThousandCalls() throws Exception {
    RgbImage image = TestPictures.photo("thin");
    ask(image, 100);
    long before = residentKilobytes();
    ask(image, 1_000);
    // A leaked input tensor alone (800 kB a picture) would be some 200 MB.
    assertTrue(residentKilobytes() - before < 100_000, "resident memory grew");
  }

  @Test
  void embedsToUnitLengthAndSharesNothing() throws Exception {
    float[] vector = model.embedText(TEXTS.getFirst());
    float[] again = vector.clone();
    vector[0] = 7;

    assertArrayEquals(again, model.embedText(TEXTS.getFirst()));
    for (float[] unit : List.of(again, model.embedImage(TestPictures.photo("noise")))) {
      double squares = 0;
      for (float x : unit) {
        squares += x * x;
      }
      assertEquals(384, unit.length);
      assertEquals(1, squares, 1e-5);
    }
    assertSame(pack, model.pack());
  }

  @Test
  void isUnavailableOnceClosed() throws Exception {
    OnnxImageTextModel closed = OnnxImageTextModel.load(pack, new OnnxOptions(1));
    VisionLanguage bound = closed.bind(TestPictures.photo("thin"));
    closed.close();
    closed.close();

    assertRefused(Kind.UNAVAILABLE, () -> closed.embedText("secret words"));
    assertRefused(Kind.UNAVAILABLE, () -> closed.embedImage(TestPictures.photo("thin")));
    assertRefused(Kind.UNAVAILABLE, () -> bound.map(TEXTS));
  }

  @Test
  void anInterruptedCallIsCancelled() {
    Thread.currentThread().interrupt();

    assertRefused(Kind.CANCELLED, () -> model.embedText("an interrupted text"));
    assertTrue(Thread.interrupted());
  }

  private static void assertRefused(Kind kind, Executable call) {
    PluginException refused = assertThrows(PluginException.class, call);

    assertEquals(kind, refused.kind());
    assertFalse(refused.getMessage().contains("secret"), "a message quotes a text");
  }

  /** Every call embeds a new text, every fourth the picture again. */
  private static void ask(RgbImage image, int calls) throws PluginException {
    VisionLanguage bound = model.bind(image);
    for (int i = 0; i < calls; i++) {
      bound = i % 4 == 0 ? model.bind(image) : bound;
      bound.compare(List.of(whole(image)), List.of("text " + i + " of " + calls));
    }
  }

  private static Region whole(RgbImage image) {
    return new ImageGeometry(image.width(), image.height()).whole();
  }

  private static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no resident size");
  }
}
