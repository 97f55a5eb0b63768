package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A package's {@code manifest.json}: identity, licence, every file with its digest, and what its
 * task needs: both towers and the calibration of their scores, the graphs of a segmenter, or the
 * graph of a proposal model. Holds only what {@code models/SPEC.md} allows; what another task needs
 * is 0 or null.
 *
 * @param format version of the package format; only {@link #FORMAT} is read
 * @param description what the model can and cannot do, in one line for whoever gets its answers
 * @param licence SPDX licence expression that covers the whole package
 * @param files every other file of the folder by name
 * @param dimension length of both towers' vectors
 * @param logitScale what the model multiplies cosines with, as its makers publish it
 */
public record ModelManifest(
    int format,
    String id,
    String version,
    String title,
    String description,
    String family,
    Task task,
    String licence,
    List<Source> sources,
    List<String> languages,
    List<String> intendedUse,
    List<String> outOfScope,
    String card,
    Map<String, PackageFile> files,
    int dimension,
    ImageTower image,
    TextTower text,
    double logitScale,
    Calibration calibration,
    Segmenter segmenter,
    Proposer proposer) {
  /** The only format version this reader knows. */
  public static final int FORMAT = 1;

  public ModelManifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException("`format` " + format + " is not known, only " + FORMAT);
    }
    Field.matches("id", id, "[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");
    Field.matches("version", version, "[0-9A-Za-z][0-9A-Za-z.+-]{0,63}");
    Field.line("title", title, 200);
    Field.line("description", description, 400);
    Field.matches("family", family, "[a-z0-9][a-z0-9-]{0,63}");
    Field.present("task", task);
    Field.licence("licence", licence);
    sources = Field.list("sources", sources);
    languages = Field.list("languages", languages);
    languages.forEach(l -> Field.matches("languages", l, "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"));
    intendedUse = Field.list("intendedUse", intendedUse);
    outOfScope = Field.list("outOfScope", outOfScope);
    files = Map.copyOf(Field.present("files", files));
    files.keySet().forEach(name -> Field.matches("files", name, PackageFile.NAME));
    switch (task) {
      case IMAGE_TEXT_SIMILARITY -> {
        Field.atLeast("dimension", dimension, 1);
        Field.present("image", image);
        Field.present("text", text);
        Field.positive("logitScale", logitScale);
        Field.present("calibration", calibration);
      }
      case PROMPTABLE_SEGMENTATION -> Field.present("segmenter", segmenter);
      case REGION_PROPOSAL -> Field.present("proposer", proposer);
    }
    List<String> used = new ArrayList<>(graphs(task, image, text, segmenter, proposer));
    used.add(card);
    for (String name : used) {
      if (!files.containsKey(Objects.requireNonNullElse(name, ""))) {
        throw new IllegalArgumentException("`files` does not declare `" + name + "`");
      }
    }
  }

  /** The files that the task reads. */
  private static List<String> graphs(
      Task task, ImageTower image, TextTower text, Segmenter segmenter, Proposer proposer) {
    return switch (task) {
      case IMAGE_TEXT_SIMILARITY -> {
        List<String> of = new ArrayList<>(text.tokenizer().files());
        of.addAll(List.of(image.graph(), text.graph()));
        yield of;
      }
      case PROMPTABLE_SEGMENTATION ->
          List.of(segmenter.encoder().graph(), segmenter.decoder().graph());
      case REGION_PROPOSAL -> List.of(proposer.graph());
    };
  }

  /** What the package can be asked. */
  public enum Task {
    /** Compare a picture with texts by the cosine of their vectors. */
    @JsonProperty("image-text-similarity")
    IMAGE_TEXT_SIMILARITY,
    /** Cut a thing out of a picture where points, a box or a rough mask say that it is. */
    @JsonProperty("promptable-segmentation")
    PROMPTABLE_SEGMENTATION,
    /** Say where in a picture things may be, of whatever kind. */
    @JsonProperty("region-proposal")
    REGION_PROPOSAL;

    /** The name in the manifest and in the registry. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The task that the word names. */
    public static Task of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Where a part of the package comes from, with the SPDX licence expression of that part. */
  public record Source(String part, String origin, String licence) {
    public Source {
      Field.text("sources.part", part);
      Field.text("sources.origin", origin);
      Field.licence("sources.licence", licence);
    }
  }

  /**
   * How cosines become probabilities: softmax of {@code softmaxScale} x cosine over competing
   * texts; sigmoid of {@code sigmoidScale} x cosine + {@code sigmoidBias} for one text alone.
   */
  public record Calibration(double softmaxScale, double sigmoidScale, double sigmoidBias) {
    public Calibration {
      Field.positive("calibration.softmaxScale", softmaxScale);
      Field.positive("calibration.sigmoidScale", sigmoidScale);
      if (!Double.isFinite(sigmoidBias)) {
        throw new IllegalArgumentException("`calibration.sigmoidBias` is not a finite number");
      }
    }

    /** Probability that a text with this cosine applies, whatever other texts there are. */
    public float probability(float cosine) {
      return (float) (1 / (1 + Math.exp(-(sigmoidScale * cosine + sigmoidBias))));
    }
  }
}
