package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.core.command.AnswerFormat;
import dev.cordon.core.release.Released;
import dev.cordon.core.segmentation.RunLengthMask;
import dev.cordon.core.segmentation.Segments;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.List;
import java.util.Optional;

/** One finding as the API contract names it; what a kind does not have is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FindingBody(
    String type,
    String label,
    float score,
    int[] box,
    List<Finding.PromptPoint> points,
    RunLengthMask mask,
    Float maskQuality,
    SamTensors sam,
    String text,
    String language,
    String item) {
  static FindingBody of(Finding finding, Released released, AnswerFormat format) {
    return switch (finding) {
      case Finding.Tag(String label, float score) ->
          new FindingBody("tag", label, score, null, null, null, null, null, null, null, null);
      case Finding.Box(String label, float score, Region box) ->
          new FindingBody(
              "box", label, score, corners(box), null, null, null, null, null, null, null);
      case Finding.SegmentationPrompt prompt -> prompt(prompt, released, format);
      case Finding.Caption(String text, float score, String language) ->
          new FindingBody(
              "caption", null, score, null, null, null, null, null, text, language, null);
      case Finding.Match(String item, float score) ->
          new FindingBody("match", null, score, null, null, null, null, null, null, null, item);
    };
  }

  private static FindingBody prompt(
      Finding.SegmentationPrompt prompt, Released released, AnswerFormat format) {
    ImageGeometry image = released.image().orElseThrow();
    Optional<Segments.Segment> segment = released.segments().of(prompt);
    SamTensors tensors =
        switch (format) {
          case PLAIN -> null;
          case SAM -> SamTensors.of(prompt, image);
        };
    return new FindingBody(
        "segmentation-prompt",
        prompt.label(),
        prompt.score(),
        prompt.box() == null ? null : corners(prompt.box()),
        prompt.points(),
        segment.map(Segments.Segment::mask).orElseGet(() -> rough(prompt, image)),
        segment.map(Segments.Segment::quality).orElse(null),
        tensors,
        null,
        null,
        null);
  }

  private static RunLengthMask rough(Finding.SegmentationPrompt prompt, ImageGeometry image) {
    return prompt.mask() == null ? null : RunLengthMask.of(prompt.mask(), image);
  }

  private static int[] corners(Region region) {
    return new int[] {region.x(), region.y(), region.width(), region.height()};
  }
}
