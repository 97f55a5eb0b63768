package dev.cordon.sandbox.evaluation;

import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the contract says of findings. */
final class Soundness {
  private Soundness() {}

  /** The first thing that is wrong. */
  static Optional<String> fault(List<Finding> findings, ImageGeometry image) {
    float before = 1;
    for (Finding finding : findings) {
      // Written so that a score that is no number is a fault too.
      if (!(finding.score() >= 0 && finding.score() <= 1)) {
        return Optional.of("a score is no probability");
      }
      if (finding.score() > before) {
        return Optional.of("findings are not best first");
      }
      before = finding.score();
      if (!isInside(finding, image)) {
        return Optional.of("a finding lies outside the image");
      }
    }
    return Optional.empty();
  }

  private static boolean isInside(Finding finding, ImageGeometry image) {
    return switch (finding) {
      case Finding.Box box -> box.box().isInside(image);
      case Finding.SegmentationPrompt prompt ->
          (prompt.box() == null || prompt.box().isInside(image))
              && prompt.points().stream()
                  .allMatch(
                      point ->
                          point.x() >= 0
                              && point.x() < image.width()
                              && point.y() >= 0
                              && point.y() < image.height());
      case Finding.Tag _, Finding.Caption _, Finding.Match _ -> true;
    };
  }

  /** The label of a finding that has one. */
  static Optional<String> label(Finding finding) {
    return switch (finding) {
      case Finding.Tag tag -> Optional.of(tag.label());
      case Finding.Box box -> Optional.of(box.label());
      case Finding.SegmentationPrompt prompt -> Optional.of(prompt.label());
      case Finding.Caption _, Finding.Match _ -> Optional.empty();
    };
  }

  /**
   * Whether a finding says only what was asked. A caption is composed, and nobody asks for the
   * labels of an open question: there the host's screen must find the words neutral.
   */
  static boolean isAskedFor(Finding finding, List<String> asked, Predicate<String> neutral) {
    return switch (finding) {
      case Finding.Match match -> Asked.isItem(match.item());
      case Finding.Caption caption ->
          asked.contains(caption.text()) || neutral.test(caption.text());
      case Finding.Tag _, Finding.Box _, Finding.SegmentationPrompt _ -> {
        String label = label(finding).orElseThrow();
        yield label.equals(Finding.NONE_OF_THESE)
            || label.equals(Finding.UNCERTAIN)
            || (asked.isEmpty() ? neutral.test(label) : asked.contains(label));
      }
    };
  }
}
