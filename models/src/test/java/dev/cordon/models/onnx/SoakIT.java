package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.preprocessing.TestPictures;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resident memory stays flat over many calls and many loads; with toy graphs, so in minutes. */
class SoakIT {
  private static final double MOST_GROWTH = 1.05;

  @Test
  void staysFlatWhileTwoModelsTakeTurns() throws Exception {
    RgbImage image = TestPictures.photo("thin");
    try (OnnxImageTextModel one = FamiliesIT.load("clip-vit-b16");
        OnnxImageTextModel other = FamiliesIT.load("siglip-base")) {
      take(one, other, image, 0, 3_000);
      long before = residentKilobytes();
      take(one, other, image, 3_000, 13_000);

      assertFlat(before);
    }
  }

  @Test
  void staysFlatOverFiftyLoads() throws Exception {
    RgbImage image = TestPictures.photo("thin");
    load(image, 25);
    long before = residentKilobytes();
    load(image, 50);

    assertFlat(before);
  }

  private static void load(RgbImage image, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      try (OnnxImageTextModel model = FamiliesIT.load("mobileclip-s0")) {
        model.bind(image).compare(List.of(new Region(0, 0, 3, 100 - i)), List.of("text " + i));
      }
    }
  }

  /** Regions and texts change, so that nothing is answered from memory. */
  private static void take(
      OnnxImageTextModel one, OnnxImageTextModel other, RgbImage image, int from, int to)
      throws PluginException {
    for (int i = from; i < to; i++) {
      VisionLanguage bound = (i % 2 == 0 ? one : other).bind(image);
      Region region = new Region(0, i % 60, 3, 30 + i % 30);
      bound.compare(List.of(region), List.of("text " + i % 2_000));
    }
  }

  private static void assertFlat(long before) throws IOException {
    System.gc();
    long after = residentKilobytes();
    assertTrue(after <= before * MOST_GROWTH, () -> before + " kB became " + after + " kB");
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no resident size");
  }
}
