package dev.cordon.core.api.oip;

import dev.cordon.core.api.AnalysisDesk;
import dev.cordon.core.api.AnswerJson;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Region;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The findings as tensors. Row {@code i} of labels, scores and boxes is finding {@code i}; a
 * caption stands in the place of a label, a finding without a box has one of zeros, and {@code
 * findings} holds all there is to say, as JSON.
 */
@Singleton
class AnswerTensors {
  static final String FINDINGS = "findings";
  static final String LABELS = "labels";
  static final String SCORES = "scores";
  static final String BOXES = "boxes";
  static final List<String> NAMES = List.of(FINDINGS, LABELS, SCORES, BOXES);
  static final long BOX = 4;

  private final AnswerJson json;

  AnswerTensors(AnswerJson json) {
    this.json = json;
  }

  List<OutputTensor> of(InferenceCall call, AnalysisDesk.Asked asked) {
    List<Finding> findings = asked.released().findings();
    List<String> labels = findings.stream().map(AnswerTensors::label).toList();
    List<Float> scores = findings.stream().map(Finding::score).toList();
    List<Float> boxes = new ArrayList<>(findings.size() * (int) BOX);
    findings.forEach(finding -> boxes.addAll(box(finding)));
    long rows = findings.size();
    return Stream.of(
            new OutputTensor(
                FINDINGS,
                List.of(1L),
                new OutputTensor.Values.Texts(List.of(json.findings(asked)))),
            new OutputTensor(LABELS, List.of(rows), new OutputTensor.Values.Texts(labels)),
            new OutputTensor(SCORES, List.of(rows), new OutputTensor.Values.Floats(scores)),
            new OutputTensor(BOXES, List.of(rows, BOX), new OutputTensor.Values.Floats(boxes)))
        .filter(output -> call.wants(output.name()))
        .toList();
  }

  private static String label(Finding finding) {
    return switch (finding) {
      case Finding.Tag tag -> tag.label();
      case Finding.Box box -> box.label();
      case Finding.SegmentationPrompt prompt -> prompt.label();
      case Finding.Caption caption -> caption.text();
      case Finding.Match match -> match.item();
    };
  }

  private static List<Float> box(Finding finding) {
    return switch (finding) {
      case Finding.Box box -> corners(box.box());
      case Finding.SegmentationPrompt prompt -> corners(prompt.box());
      case Finding.Tag _, Finding.Caption _, Finding.Match _ -> corners(null);
    };
  }

  private static List<Float> corners(Region box) {
    return box == null
        ? List.of(0f, 0f, 0f, 0f)
        : List.of((float) box.x(), (float) box.y(), (float) box.width(), (float) box.height());
  }
}
