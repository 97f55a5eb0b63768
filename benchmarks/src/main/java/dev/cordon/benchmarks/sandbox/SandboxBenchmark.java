package dev.cordon.benchmarks.sandbox;

import dev.cordon.benchmarks.detection.Capability;
import dev.cordon.benchmarks.sandbox.Samples.Call;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionLanguage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The example in WebAssembly against its twin in Java, before a model that costs nothing; what it
 * takes to make a plugin of a package; and the example's latency beside a plugin that misbehaves.
 */
public final class SandboxBenchmark {
  private static final int BLOCKS = 10;
  private static final int BLOCK = 500;
  private static final int COLD = 100;
  private static final long BESIDE_NANOS = 6_000_000_000L;
  private static final ImageGeometry IMAGE = new ImageGeometry(640, 427);
  private static final VisionLanguage INSTANT = new InstantModel();
  private static final List<String> HOSTILE =
      List.of("loop", "memory", "calls", "fill", "findings");

  private SandboxBenchmark() {}

  /** Prints three tables. */
  public static void run(Path home, int threads) throws Exception {
    Packages packages = new Packages(home);
    Path example = packages.example();
    Samples first = Samples.of(() -> packages.plugin(example).close(), 1);
    Capability wasm = new Capability(packages.plugin(example));
    System.out.println("\n| a call before an instant model | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|");
    overhead(wasm, 10);
    overhead(wasm, 200);
    System.out.println("\n| from a package to an answer | p50 | p99 | times |");
    System.out.println("|---|---|---|---|");
    line("cold: read, verify, compile, the first of a process", first);
    line("cold: the same later", Samples.of(() -> packages.plugin(example).close(), COLD));
    line(
        "warm: a new instance on a new thread, which refuses the question",
        Samples.of(() -> refuse(wasm), BLOCKS * BLOCK));
    beside(packages, wasm, home, threads);
  }

  private static void overhead(Capability wasm, int count) throws Exception {
    Capability java = new Capability(new LabelMatch());
    List<String> labels = IntStream.range(0, count).mapToObj(i -> "thing " + i).toList();
    Call inJava = () -> java.ask(IMAGE, INSTANT, labels);
    Call inWasm = () -> wasm.ask(IMAGE, INSTANT, labels);
    if (!java.ask(IMAGE, INSTANT, labels).equals(wasm.ask(IMAGE, INSTANT, labels))) {
      throw new IllegalStateException("the twins do not answer the same");
    }
    Samples.of(inJava, BLOCKS * BLOCK);
    Samples.of(inWasm, BLOCKS * BLOCK);
    Samples ofJava = new Samples(new long[0]);
    Samples ofWasm = new Samples(new long[0]);
    for (int block = 0; block < BLOCKS; block++) {
      ofJava = ofJava.and(Samples.of(inJava, BLOCK));
      ofWasm = ofWasm.and(Samples.of(inWasm, BLOCK));
    }
    line("JVM plugin, " + count + " labels", ofJava);
    line("WebAssembly plugin, " + count + " labels", ofWasm);
  }

  private static void refuse(Capability wasm) throws PluginException {
    try {
      wasm.ask(IMAGE, INSTANT, new Question.Open());
    } catch (PluginException refused) {
      if (refused.kind() == PluginException.Kind.BAD_QUESTION) {
        return;
      }
      throw refused;
    }
    throw new IllegalStateException("an open question was answered");
  }

  private static void beside(Packages packages, Capability wasm, Path home, int threads)
      throws Exception {
    List<String> labels = IntStream.range(0, 10).mapToObj(i -> "thing " + i).toList();
    RgbImage picture = picture();
    ModelPackage pack = ModelPackage.open(home.resolve("models/starter"));
    try (OnnxImageTextModel starter = OnnxImageTextModel.load(pack, new OnnxOptions(threads))) {
      Call quick = () -> wasm.ask(IMAGE, INSTANT, labels);
      Call real = () -> wasm.ask(IMAGE, starter.bind(picture), labels);
      Samples.of(real, BLOCK);
      System.out.println(
          "\n| one client of the example, beside | instant model, p50 | p99 | calls"
              + " | starter, p50 | p99 | calls | ended |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      pair("nobody", quick, real, "");
      for (String name : HOSTILE) {
        try (Neighbour neighbour = new Neighbour(packages.hostile(name))) {
          pair("`" + name + "`", quick, real, neighbour);
        }
      }
      pair("nobody again", quick, real, "");
    }
  }

  /** The last column is read when the rest was measured. */
  private static void pair(String title, Call quick, Call real, Object last) throws Exception {
    Samples quickly = Samples.during(quick, BESIDE_NANOS);
    Samples really = Samples.during(real, BESIDE_NANOS);
    System.out.printf(
        Locale.ROOT, "| %s | %s | %s | %s |%n", title, quickly.columns(), really.columns(), last);
  }

  private static RgbImage picture() {
    byte[] rgb = new byte[3 * IMAGE.width() * IMAGE.height()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 7 / 3);
    }
    return new RgbImage(IMAGE.width(), IMAGE.height(), rgb);
  }

  private static void line(String title, Samples samples) {
    System.out.printf(Locale.ROOT, "| %s | %s |%n", title, samples.columns());
  }
}
