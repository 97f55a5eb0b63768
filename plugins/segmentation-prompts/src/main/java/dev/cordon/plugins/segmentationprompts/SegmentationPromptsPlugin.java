package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.Finding.Tag;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives one prompt for each label, or for the text, that is rather there than not, or the tag
 * {@link Finding#NONE_OF_THESE}.
 */
final class SegmentationPromptsPlugin implements VisionPlugin {
  /** Regions of one question, the whole image among them; each is one run of the image tower. */
  static final int BUDGET = 40;

  /** Most prompts of one answer: a mask has 65,536 numbers. */
  static final int MOST_PROMPTS = 16;

  /** A thing below is rather not there, whatever the caller's threshold. */
  private static final float FOUND = 0.5f;

  private record Candidate(int label, int rank, Thing thing, Region box) {}

  private record Scored(Candidate candidate, float score) {}

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    Wording wording = Wording.of(analysis.question());
    if (!analysis.model().info().denseMap()) {
      throw new PluginException(Kind.BAD_QUESTION, "the model cannot say where things are");
    }
    List<String> texts = wording.texts();
    List<Candidate> candidates = candidates(wording, texts, analysis);
    List<Scored> scored = new ArrayList<>(candidates.size());
    List<Region> regions =
        Stream.concat(Stream.of(analysis.image().whole()), candidates.stream().map(Candidate::box))
            .toList();
    Similarities close = analysis.model().compare(regions, texts);
    for (int i = 0; i < candidates.size(); i++) {
      stopIfCancelled();
      int region = i + 1;
      int label = candidates.get(i).label();
      // Three looks of the same model, at the image, the region and the cells, count alike.
      double whole = wording.ofLabel(label, text -> close.cosine(0, text));
      double inside = wording.ofLabel(label, text -> close.cosine(region, text));
      double heat = candidates.get(i).thing().hottest();
      float score = close.probability((float) ((whole + inside + heat) / 3));
      if (!(score >= 0 && score <= 1)) {
        throw new PluginException(Kind.FAULT, "the model gave a probability that is none");
      }
      scored.add(new Scored(candidates.get(i), score));
    }
    // INVARIANT: the sort is stable, so equal scores keep the order of the candidates.
    scored.sort(Comparator.comparing(Scored::score).reversed());
    return answer(bestOfEach(scored), wording, analysis);
  }

  /** The closer look decides between the peaks of a label. */
  private static List<Scored> bestOfEach(List<Scored> ranked) {
    Map<Integer, Scored> best = new LinkedHashMap<>();
    ranked.forEach(one -> best.putIfAbsent(one.candidate().label(), one));
    return List.copyOf(best.values());
  }

  /**
   * As many things as there are regions: the hottest of every label before the second of any, and
   * hotter ones first.
   */
  private static List<Candidate> candidates(Wording wording, List<String> texts, Analysis analysis)
      throws PluginException {
    stopIfCancelled();
    SimilarityMap map = analysis.model().map(texts);
    List<Candidate> candidates = new ArrayList<>(wording.labels().size());
    for (int label = 0; label < wording.labels().size(); label++) {
      stopIfCancelled();
      Set<Region> boxes = new HashSet<>();
      for (Thing thing : Thing.of(map, wording, label)) {
        Region box = thing.box(analysis.image());
        if (boxes.add(box)) {
          candidates.add(new Candidate(label, boxes.size(), thing, box));
        }
      }
    }
    Comparator<Candidate> byHeat = Comparator.comparingDouble(c -> c.thing().hottest());
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::rank).thenComparing(byHeat.reversed()))
        .limit(BUDGET - 1)
        .toList();
  }

  private static List<Finding> answer(List<Scored> scored, Wording wording, Analysis analysis) {
    AnswerOptions options = analysis.options();
    float best = scored.getFirst().score();
    if (best < FOUND) {
      Tag none = new Tag(Finding.NONE_OF_THESE, 1 - best);
      return none.score() >= options.threshold() ? List.of(none) : List.of();
    }
    return scored.stream()
        .filter(one -> one.score() >= Math.max(FOUND, options.threshold()))
        .limit(Math.min(MOST_PROMPTS, options.topK()))
        .<Finding>map(one -> prompt(one, wording, analysis.image()))
        .toList();
  }

  private static SegmentationPrompt prompt(Scored one, Wording wording, ImageGeometry image) {
    Candidate candidate = one.candidate();
    return new SegmentationPrompt(
        wording.labels().get(candidate.label()),
        one.score(),
        Points.of(candidate.thing(), candidate.box(), image),
        candidate.box(),
        LogitMask.of(candidate.thing(), image));
  }

  private static void stopIfCancelled() throws PluginException {
    // The flag stays set: the host decides what becomes of its thread.
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(Kind.CANCELLED, "the search for prompts was cancelled");
    }
  }

  @Override
  public void close() {
    // Nothing is kept between calls.
  }
}
