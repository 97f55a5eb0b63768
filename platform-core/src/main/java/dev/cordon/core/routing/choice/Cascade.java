package dev.cordon.core.routing.choice;

import dev.cordon.spi.Finding;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Calls that may leave are answered at the edge first, and at a target only when the edge is
 * unsure.
 *
 * @param below the score of the best finding that the edge is unsure under
 */
public record Cascade(double below) {
  /**
   * Whether these findings leave the question open. No finding at all does not: that nothing is
   * there is an answer too.
   */
  public boolean isUnsure(List<Finding> findings) {
    OptionalDouble best =
        findings.stream()
            .filter(finding -> !isAbstention(finding))
            .mapToDouble(Finding::score)
            .max();
    double abstained =
        findings.stream().filter(Cascade::isAbstention).mapToDouble(Finding::score).max().orElse(0);
    return !findings.isEmpty() && best.orElse(0) < Math.max(below, abstained);
  }

  private static boolean isAbstention(Finding finding) {
    return finding instanceof Finding.Tag tag && tag.label().equals(Finding.NONE_OF_THESE);
  }
}
