package dev.cordon.benchmarks.detection;

import java.util.List;
import java.util.Locale;

/** What one method reached over all photographs, and its pointing over two halves of them. */
final class Figures {
  private static final double ENOUGH = 0.5;

  private final double[] hits = new double[2];
  private final double[] pairs = new double[2];
  private double overlap;
  private double matched;
  private double boxes;
  private double miscounted;
  private double counted;
  private double foundPresent;
  private double present;
  private double foundAbsent;
  private double absent;

  /**
   * An answer about a label that is on the photograph, in these places as far as they are known.
   */
  void present(int half, Answer answer, LabelledPhoto photo, String label) {
    present++;
    foundPresent += answer.isFound() ? 1 : 0;
    List<Place> places = photo.labels().get(label);
    if (places.isEmpty()) {
      return;
    }
    pairs[half]++;
    hits[half] += answer.point().filter(point -> point.isInOneOf(places)).isPresent() ? 1 : 0;
    if (answer.isFound()) {
      Place best = answer.boxes().getFirst();
      overlap += places.stream().mapToDouble(best::overlap).max().orElse(0);
    }
    boxes += places.size();
    matched += matched(answer.boxes(), places);
    if (!photo.crowds().contains(label)) {
      counted++;
      miscounted += Math.abs(answer.boxes().size() - places.size());
    }
  }

  void absent(Answer answer) {
    absent++;
    foundAbsent += answer.isFound() ? 1 : 0;
  }

  /** Each answered box takes the best place that is left, if they overlap enough. */
  private static int matched(List<Place> answered, List<Place> places) {
    boolean[] taken = new boolean[places.size()];
    int matched = 0;
    for (Place box : answered) {
      int best = -1;
      for (int i = 0; i < taken.length; i++) {
        boolean isBetter = best < 0 || box.overlap(places.get(i)) > box.overlap(places.get(best));
        if (!taken[i] && isBetter) {
          best = i;
        }
      }
      if (best >= 0 && box.overlap(places.get(best)) >= ENOUGH) {
        taken[best] = true;
        matched++;
      }
    }
    return matched;
  }

  static final String HEADER =
      """

      | method | pointing | its halves | mean IoU | recall at .5 | count off by | found of present | found of absent |
      |---|---|---|---|---|---|---|---|""";

  String row(String method) {
    return "| %s | %s | %s, %s | %s | %s | %s | %s | %s |"
        .formatted(
            method,
            share(hits[0] + hits[1], pairs[0] + pairs[1]),
            share(hits[0], pairs[0]),
            share(hits[1], pairs[1]),
            share(overlap, pairs[0] + pairs[1]),
            share(matched, boxes),
            share(miscounted, counted),
            share(foundPresent, present),
            share(foundAbsent, absent));
  }

  String sizes() {
    return "%.0f pairs of a photograph and a label on it, %.0f of them with %.0f boxes; %.0f pairs with a label not on it"
        .formatted(present, pairs[0] + pairs[1], boxes, absent);
  }

  private static String share(double sum, double of) {
    return of == 0 ? "–" : String.format(Locale.ROOT, "%.3f", sum / of);
  }
}
