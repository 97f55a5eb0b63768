package dev.cordon.benchmarks.detection;

import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.VisionLanguage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Asks the plugins about every photograph of a folder, ten labels a question, and compares what
 * they say with the labels and boxes of its index, beside answers that need no detector.
 */
public final class DetectionQuality {
  private static final int LABELS_A_QUESTION = 10;

  private final Capability tagger = Capability.named("image-tagging");
  private final Capability detector = Capability.named("object-detection");
  private final Capability prompter = Capability.named("segmentation-prompts");
  private final Map<String, Figures> figures = new LinkedHashMap<>();
  private final List<Double> millis = new ArrayList<>();

  private DetectionQuality() {}

  /** Prints one table. */
  public static void run(Path home, Path folder, int threads) throws Exception {
    List<LabelledPhoto> photos = LabelledPhoto.of(folder);
    if (photos.isEmpty()) {
      throw new IllegalArgumentException("`" + folder + "` holds no labelled photograph");
    }
    TreeSet<String> labels = new TreeSet<>();
    photos.forEach(photo -> labels.addAll(photo.labels().keySet()));
    DetectionQuality quality = new DetectionQuality();
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    ModelPackage pack = ModelPackage.open(home.resolve("models/starter"));
    try (var model = OnnxImageTextModel.load(pack, new OnnxOptions(threads))) {
      for (int i = 0; i < photos.size(); i++) {
        DecodedImage picture = decoder.decode(Files.readAllBytes(photos.get(i).file()));
        VisionLanguage bound = model.bind(picture, Cancellation.none());
        quality.ask(i % 2, photos.get(i), picture.geometry(), bound, List.copyOf(labels));
      }
    }
    System.out.printf(
        "%n%d photographs, %d labels; %s%n",
        photos.size(), labels.size(), quality.figures.values().iterator().next().sizes());
    System.out.println(Figures.HEADER);
    quality.figures.forEach((method, reached) -> System.out.println(reached.row(method)));
    double[] sorted = quality.millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%na detection's first question of a photograph: median %.0f ms, most %.0f ms%n",
        sorted[sorted.length / 2],
        Arrays.stream(sorted).max().orElse(0));
  }

  private void ask(
      int half, LabelledPhoto photo, ImageGeometry image, VisionLanguage model, List<String> labels)
      throws Exception {
    List<List<String>> questions = questions(photo, labels);
    for (List<String> question : questions) {
      long start = System.nanoTime();
      List<Finding> boxes = detector.ask(image, model, question);
      // Later ones find the map and many regions embedded already.
      if (question == questions.getFirst()) {
        millis.add((System.nanoTime() - start) / 1e6);
      }
      List<Finding> prompts = prompter.ask(image, model, question);
      List<Finding> tags = tagger.ask(image, model, question);
      for (String label : question) {
        note(
            "centre point, box of half the sides",
            half,
            photo,
            label,
            Answer.at(Place.centre(image)));
        note("whole image", half, photo, label, Answer.at(Place.whole(image)));
        note("tagger, whole image", half, photo, label, Answer.ofTags(label, tags, image));
        note("object-detection", half, photo, label, Answer.ofBoxes(label, boxes));
        note("segmentation-prompts", half, photo, label, Answer.ofPrompt(label, prompts));
      }
    }
  }

  private void note(String method, int half, LabelledPhoto photo, String label, Answer answer) {
    Figures reached = figures.computeIfAbsent(method, _ -> new Figures());
    if (photo.labels().containsKey(label)) {
      reached.present(half, answer, photo, label);
    } else {
      reached.absent(answer);
    }
  }

  /**
   * All labels in turn where boxes say what is on a photograph; where a folder's name says one
   * thing only, that and the next ones of the list, for no more was looked for.
   */
  private static List<List<String>> questions(LabelledPhoto photo, List<String> labels) {
    boolean isIndexed = photo.labels().values().stream().anyMatch(places -> !places.isEmpty());
    List<List<String>> questions = new ArrayList<>();
    if (isIndexed) {
      for (int from = 0; from < labels.size(); from += LABELS_A_QUESTION) {
        questions.add(labels.subList(from, Math.min(labels.size(), from + LABELS_A_QUESTION)));
      }
    } else {
      int own = labels.indexOf(photo.labels().keySet().iterator().next());
      List<String> some = new ArrayList<>();
      for (int i = 0; i < Math.min(LABELS_A_QUESTION, labels.size()); i++) {
        some.add(labels.get((own + i) % labels.size()));
      }
      questions.add(some);
    }
    return questions;
  }
}
