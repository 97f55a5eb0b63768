package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.AnswerOptions.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries scores to broader labels: where labels compete a broader one gets the sum of what lies
 * below it, where each stands alone the greatest. Broader labels that were not asked come last.
 */
final class RollUp {
  private RollUp() {}

  static Map<String, Float> of(Map<String, Float> own, Map<String, String> parents, Mode mode) {
    Map<String, Float> all = new LinkedHashMap<>(own);
    own.forEach(
        (label, score) -> {
          // INVARIANT: no label is above itself, so the walk ends.
          for (String above = parents.get(label); above != null; above = parents.get(above)) {
            all.merge(above, score, (a, b) -> joined(a, b, mode));
          }
        });
    return all;
  }

  private static float joined(float one, float other, Mode mode) {
    return switch (mode) {
      case SINGLE_LABEL -> Math.min(1, one + other);
      case MULTI_LABEL, CAPTION -> Math.max(one, other);
    };
  }
}
