package dev.cordon.sandbox.wasm;

import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings of one call; one that is none, or one too many, ends the guest. */
final class FoundFindings {
  private static final int MOST_MASK_SIDE = 1024;

  private final SandboxLimits limits;
  private final Optional<ImageGeometry> image;
  private final List<Finding> findings = new ArrayList<>();
  private long bytes;

  FoundFindings(SandboxLimits limits, Optional<ImageGeometry> image) {
    this.limits = limits;
    this.image = image;
  }

  List<Finding> all() {
    return List.copyOf(findings);
  }

  void tag(String label, float score) {
    add(new Finding.Tag(said(label), score));
  }

  void box(String label, float score, int[] box) {
    add(new Finding.Box(said(label), score, region(box)));
  }

  void caption(String text, float score, String language) {
    add(new Finding.Caption(said(text), score, said(language)));
  }

  void match(String item, float score) {
    add(new Finding.Match(said(item), score));
  }

  void prompt(
      String label,
      float score,
      int[] points,
      Optional<int[]> box,
      Optional<Finding.LowResolutionMask> mask) {
    spend(points.length * (long) Integer.BYTES);
    List<Finding.PromptPoint> places = new ArrayList<>();
    for (int i = 0; i < points.length; i += 3) {
      require(image.isPresent() && isInside(points[i], image.get().width()));
      require(isInside(points[i + 1], image.get().height()));
      places.add(new Finding.PromptPoint(points[i], points[i + 1], points[i + 2] != 0));
    }
    add(
        new Finding.SegmentationPrompt(
            said(label), score, places, box.map(this::region).orElse(null), mask.orElse(null)));
  }

  /** Refused before its memory is had. */
  void spendMask(int width, int height) {
    require(width >= 1 && height >= 1 && width <= MOST_MASK_SIDE && height <= MOST_MASK_SIDE);
    spend((long) width * height * Float.BYTES);
  }

  Finding.LowResolutionMask mask(int width, int height, float[] logits) {
    for (float logit : logits) {
      require(Float.isFinite(logit));
    }
    return new Finding.LowResolutionMask(width, height, logits);
  }

  private void add(Finding finding) {
    // Written so that a score that is no number fails too.
    require(finding.score() >= 0 && finding.score() <= 1);
    if (findings.size() == limits.findings()) {
      throw new Tripped(Trip.Kind.OUTPUT);
    }
    findings.add(finding);
  }

  /** Before a text is copied that would be too much. */
  void requireRoom(int size) {
    if (size > limits.outputBytes() - bytes) {
      throw new Tripped(Trip.Kind.OUTPUT);
    }
  }

  private String said(String text) {
    require(!text.isEmpty());
    spend(text.getBytes(StandardCharsets.UTF_8).length);
    return text;
  }

  private void spend(long more) {
    bytes += more;
    if (bytes > limits.outputBytes()) {
      throw new Tripped(Trip.Kind.OUTPUT);
    }
  }

  private Region region(int[] box) {
    require(box[0] >= 0 && box[1] >= 0 && box[2] >= 1 && box[3] >= 1);
    Region region = new Region(box[0], box[1], box[2], box[3]);
    require(image.filter(region::isInside).isPresent());
    return region;
  }

  private static boolean isInside(int place, int size) {
    return place >= 0 && place < size;
  }

  private static void require(boolean sound) {
    if (!sound) {
      throw new Tripped(Trip.Kind.BAD_FINDING);
    }
  }
}
