package dev.cordon.plugins.imagesearch;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Match;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.Gallery.Neighbour;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Ranks items of the caller's collection for a text, for a page of text (its phrases are searched
 * one by one and the rankings merged), or for an image. The score of a match is a probability, for
 * a page the greatest of its phrases but never more than that of the match before it.
 */
final class ImageSearchPlugin implements VisionPlugin {
  /** Most items of an answer, whatever is asked. */
  static final int MOST = 1_000;

  /** How deep each phrase of a page is searched: below that, ranks weigh next to nothing. */
  private static final int DEPTH = 100;

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    return switch (analysis.question()) {
      case Question.Text asked -> describedBy(asked.text(), analysis);
      case Question.Open _ -> similar(analysis);
      case Question.Labels _ ->
          throw new PluginException(Kind.BAD_QUESTION, "image-search needs a text or an image");
    };
  }

  private static List<Finding> describedBy(String text, Analysis analysis) throws PluginException {
    AnswerOptions options = analysis.options();
    List<String> phrases = Phrases.of(text, Locale.forLanguageTag(options.language()));
    int most = most(options);
    if (phrases.size() == 1) {
      return ranked(analysis.gallery().nearest(phrases.getFirst(), most), options);
    }
    Gallery gallery = analysis.gallery();
    FusedRankings fused = new FusedRankings();
    for (String phrase : phrases) {
      stopIfCancelled();
      fused.add(gallery.nearest(phrase, Math.max(most, DEPTH)));
    }
    return answer(falling(likely(fused.merged(), options)), options);
  }

  /** What reaches the threshold by its own probability, whatever stands before it. */
  private static List<FusedRankings.Place> likely(
      List<FusedRankings.Place> places, AnswerOptions options) {
    return places.stream().filter(place -> place.probability() >= options.threshold()).toList();
  }

  /** No score is greater than the one before it, as the order of findings promises. */
  private static Stream<Match> falling(List<FusedRankings.Place> places) {
    List<Match> matches = new ArrayList<>(places.size());
    float before = 1;
    for (FusedRankings.Place place : places) {
      before = Math.min(before, place.probability());
      matches.add(new Match(place.item(), before));
    }
    return matches.stream();
  }

  private static List<Finding> similar(Analysis analysis) throws PluginException {
    if (!analysis.hasImage()) {
      throw new PluginException(Kind.BAD_QUESTION, "image-search needs a text or an image");
    }
    AnswerOptions options = analysis.options();
    return ranked(analysis.gallery().nearest(most(options)), options);
  }

  private static List<Finding> ranked(List<Neighbour> neighbours, AnswerOptions options) {
    return answer(
        neighbours.stream()
            .sorted(
                Comparator.comparing(Neighbour::cosine).reversed().thenComparing(Neighbour::item))
            .map(neighbour -> new Match(neighbour.item(), neighbour.probability())),
        options);
  }

  private static List<Finding> answer(Stream<Match> matches, AnswerOptions options) {
    return matches
        .filter(match -> match.score() >= options.threshold())
        .limit(most(options))
        .<Finding>map(match -> match)
        .toList();
  }

  private static int most(AnswerOptions options) {
    return Math.min(options.topK(), MOST);
  }

  private static void stopIfCancelled() throws PluginException {
    // The flag stays set: the host decides what becomes of its thread.
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(Kind.CANCELLED, "the search was cancelled");
    }
  }

  @Override
  public void close() {
    // Nothing is kept between calls.
  }
}
