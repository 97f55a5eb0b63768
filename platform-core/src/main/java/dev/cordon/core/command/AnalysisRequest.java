package dev.cordon.core.command;

import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A well-formed question with its purpose; the raw JSON is kept for the commitment only. */
public record AnalysisRequest(
    String capability,
    String purpose,
    String area,
    Set<String> jurisdictions,
    List<String> subjects,
    Question question,
    AnswerOptions options,
    AnswerFormat format,
    MaskSource masks,
    Optional<Place> place,
    Wish wish,
    byte[] json) {
  /** The collection that a call searches, or the item of it that the call's image becomes. */
  public record Place(String collection, Optional<String> item) {}

  /**
   * The only target and the only version of the plugin that may take the call, and whether the
   * answer says how the target was chosen.
   */
  public record Wish(Optional<String> target, Optional<String> version, Explanation explanation) {
    /** Wherever it is best, by whichever version, in few words. */
    public static final Wish NONE = new Wish(Optional.empty(), Optional.empty(), Explanation.SHORT);
  }

  /** How much an answer says of its route. */
  public enum Explanation {
    /** Target, model and reason. */
    SHORT,
    /** The targets that were not taken and the cost too. */
    FULL
  }

  public AnalysisRequest {
    jurisdictions = Set.copyOf(jurisdictions);
    subjects = List.copyOf(subjects);
  }

  /** A question about an image alone, whose answer has the plain form. */
  public AnalysisRequest(
      String capability,
      String purpose,
      String area,
      Set<String> jurisdictions,
      List<String> subjects,
      Question question,
      AnswerOptions options,
      byte[] json) {
    this(
        capability,
        purpose,
        area,
        jurisdictions,
        subjects,
        question,
        options,
        AnswerFormat.PLAIN,
        MaskSource.PROMPT,
        Optional.empty(),
        Wish.NONE,
        json);
  }

  /** Every text that could reach a text tower; broader labels too. */
  public ScreenedTexts texts() {
    return switch (question) {
      case Question.Labels asked ->
          new ScreenedTexts(withParents(asked.labels()), asked.templates(), Optional.empty());
      case Question.Text asked ->
          new ScreenedTexts(withParents(List.of()), List.of("{}"), Optional.of(asked.text()));
      case Question.Open _ ->
          new ScreenedTexts(withParents(List.of()), List.of("{}"), Optional.empty());
    };
  }

  private List<String> withParents(List<String> labels) {
    Set<String> all = new LinkedHashSet<>(labels);
    options.parents().forEach((label, parent) -> all.addAll(List.of(label, parent)));
    return List.copyOf(all);
  }
}
