package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Calls that come together, too many of them, and calls that are cancelled. */
@Timeout(120)
class RunsIT {
  /** A picture on which the family `endless` counts for minutes. */
  private static final Picture WHITE = white();

  private static final List<Region> ALL = List.of(new Region(0, 0, 16, 16));
  private static final List<String> TEXT = List.of("a cat");

  @Test
  void manyCallersGetTheirOwnAnswers() throws Exception {
    RgbImage image = TestPictures.photo("coffee");
    try (OnnxImageTextModel model = FamiliesIT.load("clip-vit-b16");
        ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Region region = new Region(i % 50, i % 40, 60 + i % 70, 50 + i % 90);
        String text = "a photo of " + i;
        float alone = model.bind(image).compare(List.of(region), List.of(text)).cosine(0, 0);
        calls.add(
            () -> {
              float together =
                  model.bind(image).compare(List.of(region), List.of(text)).cosine(0, 0);
              assertEquals(alone, together, 1e-4);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    }
  }

  @Test
  void aDeadlineEndsARunAndLeavesTheModelUsable() throws Exception {
    try (OnnxImageTextModel model = endless(new OnnxOptions(1));
        Cancellation call = Cancellation.after(Duration.ofMillis(200))) {
      assertRefused(Kind.CANCELLED, () -> model.bind(WHITE, call).compare(ALL, TEXT));

      assertTrue(
          Math.abs(model.bind(black(), Cancellation.none()).compare(ALL, TEXT).cosine(0, 0)) <= 1);
      assertRefused(Kind.CANCELLED, () -> model.bind(black(), call).compare(ALL, TEXT));
    }
  }

  @Test
  void whoWaitsIsCancelledWithoutEndingTheRunOfAnother() throws Exception {
    try (OnnxImageTextModel model = endless(new OnnxOptions(1, 1, 1, 4));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Cancellation first = Cancellation.none();
      Future<?> busy = threads.submit(() -> model.bind(WHITE, first).compare(ALL, TEXT));
      try (Cancellation second = Cancellation.after(Duration.ofMillis(300))) {
        Thread.sleep(100);
        assertRefused(Kind.CANCELLED, () -> model.bind(black(), second).compare(ALL, TEXT));
        assertTrue(!busy.isDone());
      } finally {
        first.cancel();
      }
      assertThrows(Exception.class, busy::get);
    }
  }

  @Test
  void moreThanTheQueueHoldsIsUnavailable() throws Exception {
    try (OnnxImageTextModel model = endless(new OnnxOptions(1, 1, 1, 3));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Cancellation all = Cancellation.none()) {
      List<Future<?>> busy = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        busy.add(threads.submit(() -> model.bind(WHITE, all).compare(ALL, TEXT)));
      }
      while (busy.stream().filter(Future::isDone).count() < 5) {
        Thread.sleep(20);
      }
      assertRefused(
          Kind.UNAVAILABLE, () -> model.bind(black(), Cancellation.none()).compare(ALL, TEXT));
      all.cancel();
      for (Future<?> call : busy) {
        assertThrows(Exception.class, call::get);
      }
      model.bind(black(), Cancellation.none()).compare(ALL, TEXT);
    }
  }

  /** Alone, the white picture counts for minutes; a black one in the same run ends that. */
  @Test
  void thoseWhoWaitRunTogether() throws Exception {
    try (OnnxImageTextModel model = endless(new OnnxOptions(1, 1, 8, 64));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Cancellation late = Cancellation.after(Duration.ofSeconds(60))) {
      Cancellation first = Cancellation.none();
      Future<?> busy = threads.submit(() -> model.bind(WHITE, first).compare(ALL, TEXT));
      Thread.sleep(100);
      Future<?> white = threads.submit(() -> model.bind(WHITE, late).compare(ALL, TEXT));
      Future<?> black = threads.submit(() -> model.bind(black(), late).compare(ALL, TEXT));
      Thread.sleep(300);
      first.cancel();

      assertThrows(Exception.class, busy::get);
      white.get();
      black.get();
    }
  }

  @Test
  void aPackageThatBatchesInexactlyIsRefused() {
    float[] vector = {0.6f, 0.8f};
    assertThrows(
        PluginException.class,
        () -> OnnxImageTextModel.requireSame(vector, new float[] {0.6f, 0.8002f}));
  }

  private static OnnxImageTextModel endless(OnnxOptions options) throws ModelPackageException {
    return OnnxImageTextModel.load(
        ModelPackage.open(Path.of("testdata/families/endless")), options);
  }

  private static void assertRefused(Kind kind, Executable call) {
    assertEquals(kind, assertThrows(PluginException.class, call).kind());
  }

  private static Picture white() {
    byte[] rgb = new byte[3 * 16 * 16];
    Arrays.fill(rgb, (byte) -1);
    return Picture.of(new RgbImage(16, 16, rgb));
  }

  private static Picture black() {
    return Picture.of(new RgbImage(16, 16, new byte[3 * 16 * 16]));
  }
}
