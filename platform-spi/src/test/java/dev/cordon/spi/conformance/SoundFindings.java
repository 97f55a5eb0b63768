package dev.cordon.spi.conformance;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import java.util.List;
import java.util.Optional;

/** What the host checks too: scores, order, geometry, and words that were asked for. */
final class SoundFindings {
  private SoundFindings() {}

  static void check(List<Finding> findings, ImageGeometry image, List<String> asked) {
    assertNotNull(findings);
    float before = 1;
    for (Finding finding : findings) {
      assertTrue(finding.score() >= 0 && finding.score() <= before, finding::toString);
      before = finding.score();
      label(finding)
          .ifPresent(
              label ->
                  assertTrue(
                      asked.contains(label)
                          || label.equals(Finding.NONE_OF_THESE)
                          || label.equals(Finding.UNCERTAIN),
                      label));
      switch (finding) {
        case Finding.Box box -> assertTrue(box.box().isInside(image), box::toString);
        case Finding.SegmentationPrompt prompt -> {
          assertTrue(prompt.box() == null || prompt.box().isInside(image), prompt::toString);
          for (Finding.PromptPoint point : prompt.points()) {
            assertTrue(point.x() >= 0 && point.x() < image.width(), prompt::toString);
            assertTrue(point.y() >= 0 && point.y() < image.height(), prompt::toString);
          }
        }
        case Finding.Tag _, Finding.Caption _, Finding.Match _ -> {}
      }
    }
  }

  static Optional<String> label(Finding finding) {
    return switch (finding) {
      case Finding.Tag tag -> Optional.of(tag.label());
      case Finding.Box box -> Optional.of(box.label());
      case Finding.SegmentationPrompt prompt -> Optional.of(prompt.label());
      case Finding.Caption _, Finding.Match _ -> Optional.empty();
    };
  }
}
