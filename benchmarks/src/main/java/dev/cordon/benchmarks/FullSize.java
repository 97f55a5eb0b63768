package dev.cordon.benchmarks;

import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Resident memory over many calls to two models in turn, and over many loads of a large one. */
final class FullSize {
  private static final int CALLS = 10_000;
  private static final int LOADS = 50;
  private static final int SIDE = 256;

  private FullSize() {}

  /** Where the package with random weights is made; see {@code full-size/make_vit_b32.py}. */
  static Path folder(Path home) {
    return home.resolve("benchmarks/target/vit-b32");
  }

  static void run(Path home, int threads) throws Exception {
    ModelPackage large = ModelPackage.open(folder(home));
    ModelPackage small = ModelPackage.open(home.resolve("models/starter"));
    byte[] noise = new byte[3 * SIDE * SIDE];
    new Random(1).nextBytes(noise);
    RgbImage image = new RgbImage(SIDE, SIDE, noise);
    System.out.println("\n| soak | after | resident |");
    System.out.println("|---|---|---|");
    try (var one = OnnxImageTextModel.load(large, new OnnxOptions(threads));
        var other = OnnxImageTextModel.load(small, new OnnxOptions(threads))) {
      for (int i = 0; i <= CALLS; i++) {
        if (i == CALLS / 20 || i % (CALLS / 5) == 0) {
          print("two models in turn", i + " calls");
        }
        ask(i % 2 == 0 ? one : other, image, i);
      }
    }
    for (int i = 0; i <= LOADS; i++) {
      if (i % 10 == 0) {
        print("`" + large.manifest().id() + "` loaded and closed", i + " times");
      }
      try (var model = OnnxImageTextModel.load(large, new OnnxOptions(threads))) {
        ask(model, image, i);
      }
    }
  }

  /** Regions and texts change, so that nothing is answered from memory. */
  private static void ask(OnnxImageTextModel model, RgbImage image, int i) throws Exception {
    Region region = new Region(i % 64, i % 60, 128 + i % 50, 128);
    model.bind(image).compare(List.of(region), List.of("text " + i % 2_000));
  }

  private static void print(String what, String when) throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        long megabytes = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        System.out.printf("| %s | %s | %d MB |%n", what, when, megabytes);
      }
    }
  }
}
