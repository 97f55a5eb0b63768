package dev.cordon.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one question that every measurement asks: ten labels in the default template. */
final class Question {
  static final List<String> LABELS =
      List.of(
          "cat",
          "cup of coffee",
          "rocket",
          "flower",
          "temple",
          "bicycle",
          "bottle",
          "chair",
          "tree",
          "car");

  /** What the tagging plugin adds for pictures of nothing asked. */
  static final List<String> BACKGROUNDS =
      List.of(
          "a photo",
          "a photo of something",
          "a photo of an unknown object",
          "a plain background",
          "a texture");

  static final String TEMPLATE = "a photo of a {}";
  static final String PURPOSE = "inventory-check";
  static final String AREA = "retail";

  private Question() {}

  static String json() {
    return """
        {"capability":"image-tagging","purpose":"%s","area":"%s","labels":[%s]}"""
        .formatted(
            PURPOSE,
            AREA,
            LABELS.stream().map(label -> '"' + label + '"').collect(Collectors.joining(",")));
  }

  /** The same, for one target alone. */
  static String pinned(String target) {
    return json().replaceFirst("}$", ",\"route\":{\"target\":\"" + target + "\"}}");
  }

  static List<String> prompts() {
    return java.util.stream.Stream.concat(
            LABELS.stream().map(label -> TEMPLATE.replace("{}", label)), BACKGROUNDS.stream())
        .toList();
  }

  /** Distinct labels of three harmless words, as a stock list has them. */
  static List<String> labels(int count) {
    List<String> colours = List.of("red", "green", "blue", "grey", "brown");
    List<String> stuffs = List.of("wooden", "plastic", "metal", "glass", "paper");
    List<String> things = List.of("chair", "shelf", "bottle", "box", "lamp", "tray", "table");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "%s %s %s %d"
                    .formatted(
                        colours.get(i % 5), stuffs.get(i / 5 % 5), things.get(i / 25 % 7), i))
        .toList();
  }
}
