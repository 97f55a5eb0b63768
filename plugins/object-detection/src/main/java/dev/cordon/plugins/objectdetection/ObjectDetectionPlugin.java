package dev.cordon.plugins.objectdetection;

import dev.cordon.plugins.objectdetection.Candidates.Candidate;
import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Box;
import dev.cordon.spi.Finding.Tag;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives boxes of the labels that are rather there than not, or the tag {@link
 * Finding#NONE_OF_THESE}; a label's boxes do not depend on the other labels as long as the budget
 * of regions suffices.
 */
final class ObjectDetectionPlugin implements VisionPlugin {
  /** A box below is rather not there, whatever the caller's threshold. */
  private static final float FOUND = 0.5f;

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    return switch (analysis.question()) {
      case Question.Labels asked -> detect(Prompts.of(asked), analysis);
      case Question.Text _, Question.Open _ ->
          throw new PluginException(Kind.BAD_QUESTION, "object-detection needs labels");
    };
  }

  private static List<Finding> detect(Prompts prompts, Analysis analysis) throws PluginException {
    if (!analysis.model().info().denseMap()) {
      throw new PluginException(Kind.BAD_QUESTION, "the model cannot say where things are");
    }
    stopIfCancelled();
    SimilarityMap map = analysis.model().map(prompts.texts());
    List<HeatMap> maps = new ArrayList<>(prompts.labels().size());
    for (int label = 0; label < prompts.labels().size(); label++) {
      stopIfCancelled();
      maps.add(HeatMap.of(map, prompts, label));
    }
    Candidates candidates = Candidates.of(maps, analysis.image()).with(analysis.proposals(), maps);
    Similarities close = analysis.model().compare(candidates.regions(), prompts.texts());
    stopIfCancelled();
    return answer(scored(prompts, candidates, close), prompts, analysis.options());
  }

  /** Every candidate's score, by label in the order asked. */
  private static List<Box> scored(Prompts prompts, Candidates candidates, Similarities close)
      throws PluginException {
    List<Box> boxes = new ArrayList<>(candidates.all().size());
    for (Candidate candidate : candidates.all()) {
      int label = candidate.label();
      // Three looks of the same model, at the image, the region and the cells, count alike.
      double whole = prompts.ofLabel(label, text -> close.cosine(0, text));
      double region = prompts.ofLabel(label, text -> close.cosine(candidate.region(), text));
      float score = close.probability((float) ((whole + region + candidate.heat()) / 3));
      if (!(score >= 0 && score <= 1)) {
        throw new PluginException(Kind.FAULT, "the model gave a probability that is none");
      }
      boxes.add(
          new Box(
              prompts.labels().get(label), score, candidates.regions().get(candidate.region())));
    }
    return boxes;
  }

  private static List<Finding> answer(List<Box> scored, Prompts prompts, AnswerOptions options) {
    List<Box> boxes = new ArrayList<>();
    float best = 0;
    for (String label : prompts.labels()) {
      List<Box> ofLabel = scored.stream().filter(box -> box.label().equals(label)).toList();
      for (Box box : SoftNms.of(ofLabel)) {
        best = Math.max(best, box.score());
        if (box.score() >= FOUND) {
          boxes.add(box);
        }
      }
    }
    if (boxes.isEmpty()) {
      Tag none = new Tag(Finding.NONE_OF_THESE, 1 - best);
      return none.score() >= options.threshold() ? List.of(none) : List.of();
    }
    // INVARIANT: the sort is stable, so equal scores keep the order in which labels were asked.
    return boxes.stream()
        .filter(box -> box.score() >= options.threshold())
        .sorted(Comparator.comparing(Box::score).reversed())
        .limit(options.topK())
        .<Finding>map(box -> box)
        .toList();
  }

  private static void stopIfCancelled() throws PluginException {
    // The flag stays set: the host decides what becomes of its thread.
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(Kind.CANCELLED, "the detection was cancelled");
    }
  }

  @Override
  public void close() {
    // Nothing is kept between calls.
  }
}
