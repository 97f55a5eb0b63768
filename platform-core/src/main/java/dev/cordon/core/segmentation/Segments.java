package dev.cordon.core.segmentation;

import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxSegmenter;
import dev.cordon.models.onnx.SegmentedMask;
import dev.cordon.models.preprocessing.Picture;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.PluginException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a segmenter cut out at the prompts of one call, by the finding; empty where none ran. */
public final class Segments {
  /** Of a call that runs no segmenter. */
  public static final Segments NONE = new Segments(Optional.empty(), Map.of());

  private final Optional<ModelPackage> by;
  private final Map<Finding, Segment> segments;

  private Segments(Optional<ModelPackage> by, Map<Finding, Segment> segments) {
    this.by = by;
    this.segments = segments;
  }

  /** A mask at the image's size, and the overlap with the true one that the segmenter predicts. */
  public record Segment(RunLengthMask mask, float quality) {}

  /** Runs the segmenter on every prompt; without a prompt it does not run at all. */
  public static Segments cut(
      OnnxSegmenter segmenter, Picture picture, List<Finding> findings, Cancellation call)
      throws PluginException {
    Map<Finding, Segment> segments = new IdentityHashMap<>();
    OnnxSegmenter.Embedded embedded = null;
    for (Finding finding : findings) {
      if (finding instanceof SegmentationPrompt prompt) {
        if (embedded == null) {
          embedded = segmenter.embed(picture.full(), call);
        }
        SegmentedMask mask = embedded.mask(prompt);
        // Told in run lengths at once: the logits of all prompts together would fill memory.
        segments.put(
            finding,
            new Segment(RunLengthMask.covering(mask.logits(), picture.geometry()), mask.score()));
      }
    }
    return segments.isEmpty() ? NONE : new Segments(Optional.of(segmenter.pack()), segments);
  }

  /** The package that cut, if one did. */
  public Optional<ModelPackage> by() {
    return by;
  }

  /** What was cut out at this very finding. */
  public Optional<Segment> of(Finding finding) {
    return Optional.ofNullable(segments.get(finding));
  }
}
