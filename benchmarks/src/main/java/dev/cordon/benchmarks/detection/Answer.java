package dev.cordon.benchmarks.detection;

import dev.cordon.benchmarks.detection.Place.Point;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import java.util.List;
import java.util.Optional;

/** What one method says of one label: where to point, and its boxes with the best first. */
record Answer(Optional<Point> point, List<Place> boxes) {
  private static final Answer ABSENT = new Answer(Optional.empty(), List.of());

  static Answer at(Place box) {
    return new Answer(Optional.of(box.middle()), List.of(box));
  }

  boolean isFound() {
    return !boxes.isEmpty();
  }

  /** The boxes of a detection. */
  static Answer ofBoxes(String label, List<Finding> findings) {
    List<Place> boxes =
        findings.stream()
            .filter(finding -> finding instanceof Finding.Box box && box.label().equals(label))
            .map(finding -> Place.of(((Finding.Box) finding).box()))
            .toList();
    return new Answer(boxes.stream().findFirst().map(Place::middle), boxes);
  }

  /** The first positive point and the box of a prompt. */
  static Answer ofPrompt(String label, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding instanceof Finding.SegmentationPrompt prompt && prompt.label().equals(label)) {
        Optional<Point> point =
            prompt.points().stream()
                .filter(Finding.PromptPoint::positive)
                .findFirst()
                .map(first -> new Point(first.x(), first.y()));
        return new Answer(point, List.of(Place.of(prompt.box())));
      }
    }
    return ABSENT;
  }

  /** The whole image where the tagger puts the label before none of these. */
  static Answer ofTags(String label, List<Finding> findings, ImageGeometry image) {
    for (Finding finding : findings) {
      if (finding instanceof Finding.Tag tag) {
        if (tag.label().equals(Finding.NONE_OF_THESE)) {
          return ABSENT;
        }
        if (tag.label().equals(label)) {
          return at(Place.whole(image));
        }
      }
    }
    return ABSENT;
  }
}
