package dev.cordon.plugins.imagesearch;

import dev.cordon.spi.Gallery.Neighbour;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges rankings of several questions by reciprocal rank fusion (Cormack, Clarke and Büttcher,
 * SIGIR 2009): an item's weight is the sum of 1 / (60 + rank) over the rankings it stands in. Ranks
 * are merged, because cosines of different texts do not compare.
 */
final class FusedRankings {
  /** The constant of the paper. */
  private static final int K = 60;

  private final Map<String, Place> places = new HashMap<>();

  /** An item's weight and the greatest probability that any question gave it. */
  record Place(String item, double weight, float probability) {
    private Place plus(double more, float other) {
      return new Place(item, weight + more, Math.max(probability, other));
    }
  }

  /** Adds one ranking, best first. */
  void add(List<Neighbour> ranking) {
    for (int rank = 0; rank < ranking.size(); rank++) {
      Neighbour neighbour = ranking.get(rank);
      places.merge(
          neighbour.item(),
          new Place(neighbour.item(), 1.0 / (K + rank + 1), neighbour.probability()),
          (before, now) -> before.plus(now.weight(), now.probability()));
    }
  }

  /** The heaviest first; of equal ones the likelier, then by name. */
  List<Place> merged() {
    return places.values().stream()
        .sorted(
            Comparator.comparingDouble(Place::weight)
                .thenComparing(Place::probability)
                .reversed()
                .thenComparing(Place::item))
        .toList();
  }
}
