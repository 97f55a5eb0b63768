package dev.cordon.models.onnx;

import dev.cordon.models.manifest.Batching;
import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a package before it is taken in and refuses one that does not compute what it promises; says
 * what was compared, and what could not be.
 */
public final class ParityGate {
  private static final double MOST_DIFFERENCE = 1e-4;
  private static final double MOST_UNREST = 1e-6;
  private static final double LEAST_COSINE = 0.99;
  private static final double SAME = 0.99999;
  private static final int MOST_THREADS = 4;

  private final ModelPackage pack;
  private final ModelManifest manifest;
  private final Consumer<String> said;
  private final OnnxOptions options =
      new OnnxOptions(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  private final List<RgbImage> pictures = ParitySamples.pictures();

  private ParityGate(ModelPackage pack, Consumer<String> said) {
    this.pack = pack;
    this.manifest = pack.manifest();
    this.said = said;
  }

  /** Passes or throws with the first promise that is not kept. */
  public static void check(ModelPackage pack, Consumer<String> said) throws ModelPackageException {
    ParityGate gate = new ParityGate(pack, line -> said.accept("parity: " + line));
    try {
      gate.check();
    } catch (PluginException e) {
      throw new ModelPackageException("parity: " + e.getMessage(), e);
    }
  }

  /** The vectors of some inputs, computed anew. */
  private interface Tower {
    List<float[]> vectors(List<Integer> samples) throws PluginException;
  }

  private void check() throws ModelPackageException, PluginException {
    switch (manifest.task()) {
      case IMAGE_TEXT_SIMILARITY -> checkTowers();
      case PROMPTABLE_SEGMENTATION -> SegmenterCheck.run(pack, options, said);
      case REGION_PROPOSAL -> ProposerCheck.run(pack, options, said);
    }
  }

  private void checkTowers() throws ModelPackageException, PluginException {
    double prepared = new PreparationCheck(manifest.image().preprocessing()).run();
    said.accept("pictures are prepared as declared" + within(prepared));
    List<float[]> images;
    List<float[]> texts;
    try (OnnxImageTextModel model = OnnxImageTextModel.load(pack, options)) {
      said.accept("both graphs load and run");
      images =
          tower(
              "image",
              manifest.image().batch(),
              pictures.size(),
              samples -> embed(model.images(), samples));
      texts =
          tower(
              "text",
              manifest.text().batch(),
              ParitySamples.TEXTS.size(),
              samples -> embed(model.texts(), samples));
      compareWithMakers(model);
    }
    compareWithFloats(images, texts);
  }

  private List<float[]> tower(String name, Batching batch, int count, Tower tower)
      throws ModelPackageException, PluginException {
    List<Integer> all = Stream.iterate(0, i -> i + 1).limit(count).toList();
    List<float[]> alone = alone(tower, all);
    double unrest = difference(alone, alone(tower, all));
    if (!(unrest <= MOST_UNREST)) {
      throw new ModelPackageException(
          "parity: the " + name + " tower gives another vector when asked again" + within(unrest));
    }
    if (alone.stream().allMatch(vector -> cosine(vector, alone.getFirst()) > SAME)) {
      throw new ModelPackageException(
          "parity: the " + name + " tower gives the same vector whatever it is given");
    }
    said.accept(
        name
            + " tower: %d vectors of %d numbers, the same when asked again"
                .formatted(count, alone.getFirst().length));
    switch (batch) {
      case SINGLE -> said.accept(name + " tower: runs one input at a time, no batch to compare");
      case EXACT -> {
        double apart = difference(alone, tower.vectors(all));
        if (!(apart <= MOST_DIFFERENCE)) {
          throw new ModelPackageException(
              "parity: the " + name + " tower gives other vectors in a batch" + within(apart));
        }
        said.accept(name + " tower: a batch gives what each gives alone" + within(apart));
      }
    }
    return alone;
  }

  private List<float[]> alone(Tower tower, List<Integer> all) throws PluginException {
    List<float[]> vectors = new ArrayList<>();
    for (Integer one : all) {
      vectors.addAll(tower.vectors(List.of(one)));
    }
    return vectors;
  }

  private List<float[]> embed(OnnxImageTower tower, List<Integer> samples) throws PluginException {
    List<View> views = samples.stream().map(i -> View.whole(pictures.get(i))).toList();
    return tower.embed(views, Cancellation.none());
  }

  private static List<float[]> embed(OnnxTextTower tower, List<Integer> samples)
      throws PluginException {
    return tower.fresh(samples.stream().map(ParitySamples.TEXTS::get).toList());
  }

  private void compareWithMakers(OnnxImageTextModel model)
      throws ModelPackageException, PluginException {
    if (!manifest.files().containsKey(ParityFile.NAME)) {
      said.accept(
          "the package brings no `"
              + ParityFile.NAME
              + "`: its vectors are not compared with its makers', nor is its tokenizer");
      return;
    }
    ParityFile file = ParityFile.read(pack.read(ParityFile.NAME), manifest.dimension());
    double least = 1;
    for (ParityFile.Text text : file.texts()) {
      float[] found = model.texts().fresh(List.of(text.text())).getFirst();
      least = Math.min(least, cosine(found, text.vector()));
    }
    for (ParityFile.Picture picture : file.pictures()) {
      float[] found =
          model
              .images()
              .embed(List.of(View.whole(picture.image())), Cancellation.none())
              .getFirst();
      least = Math.min(least, cosine(found, picture.vector()));
    }
    require("the makers' vectors in `" + ParityFile.NAME + "`", least);
    said.accept(
        "%d texts and %d pictures as their makers have them, least cosine %s"
            .formatted(file.texts().size(), file.pictures().size(), number(least)));
  }

  private void compareWithFloats(List<float[]> images, List<float[]> texts)
      throws ModelPackageException, PluginException {
    Optional<String> image = floats(manifest.image().graph());
    Optional<String> text = floats(manifest.text().graph());
    if (image.isPresent()) {
      ImageTower t = manifest.image();
      ImageTower reference =
          new ImageTower(
              image.get(), t.input(), t.embedding(), Batching.SINGLE, null, t.preprocessing());
      try (OnnxImageTower tower = OnnxImageTower.open(pack, reference, options)) {
        compare(image.get(), images, alone(all -> embed(tower, all), indices(images)));
      }
    }
    if (text.isPresent()) {
      TextTower t = manifest.text();
      TextTower reference =
          new TextTower(
              text.get(),
              t.ids(),
              t.attentionMask(),
              t.tokenTypes(),
              t.embedding(),
              Batching.SINGLE,
              t.tokenizer());
      try (OnnxTextTower tower = OnnxTextTower.open(pack, reference, options)) {
        compare(text.get(), texts, alone(all -> embed(tower, all), indices(texts)));
      }
    }
    if (image.isEmpty() || text.isEmpty()) {
      said.accept(
          (image.isEmpty() && text.isEmpty() ? "no graph" : "one graph only")
              + " is there in float32 as well: what fewer bits change is not compared further");
    }
  }

  private void compare(String file, List<float[]> found, List<float[]> wanted)
      throws ModelPackageException {
    double least = 1;
    for (int i = 0; i < found.size(); i++) {
      least = Math.min(least, cosine(found.get(i), wanted.get(i)));
    }
    require("`" + file + "`", least);
    said.accept("as `" + file + "` computes in float32, least cosine " + number(least));
  }

  /** The declared file that is, by its name, a graph of fewer bits before its bits were taken. */
  private Optional<String> floats(String graph) {
    String base = graph.replaceFirst("\\.onnx$", "");
    return Stream.of(base.replaceFirst("[._-](quantized|u?int8|q8)$", ""), base + "_fp32")
        .map(name -> name + ".onnx")
        .filter(name -> !name.equals(graph) && manifest.files().containsKey(name))
        .findFirst();
  }

  private static void require(String reference, double least) throws ModelPackageException {
    if (!(least >= LEAST_COSINE)) {
      throw new ModelPackageException(
          "parity: vectors differ from %s: cosine %s, at least %s is needed"
              .formatted(reference, number(least), LEAST_COSINE));
    }
  }

  private static List<Integer> indices(List<float[]> vectors) {
    return Stream.iterate(0, i -> i + 1).limit(vectors.size()).toList();
  }

  private static double difference(List<float[]> some, List<float[]> others) {
    double most = 0;
    for (int i = 0; i < some.size(); i++) {
      for (int j = 0; j < some.get(i).length; j++) {
        double apart = Math.abs((double) some.get(i)[j] - others.get(i)[j]);
        most = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(most, apart);
      }
    }
    return most;
  }

  private static double cosine(float[] one, float[] other) {
    double dot = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      dot += (double) one[i] * other[i];
      squares += (double) one[i] * one[i];
      others += (double) other[i] * other[i];
    }
    return dot / Math.sqrt(squares * others);
  }

  private static String within(double difference) {
    return ", largest difference " + String.format(Locale.ROOT, "%.1e", difference);
  }

  private static String number(double cosine) {
    return String.format(Locale.ROOT, "%.4f", cosine);
  }
}
