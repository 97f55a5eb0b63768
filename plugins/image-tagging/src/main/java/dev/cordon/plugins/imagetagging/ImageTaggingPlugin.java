package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Tag;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Gives each distinct label, and {@link Finding#NONE_OF_THESE}, its calibrated probability among
 * all of them; they sum to 1 before the caller's threshold and top-k.
 */
final class ImageTaggingPlugin implements VisionPlugin {
  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    return switch (analysis.question()) {
      case Question.Labels asked -> tag(asked, analysis);
      case Question.Text _, Question.Open _ ->
          throw new PluginException(Kind.BAD_QUESTION, "image-tagging needs labels");
    };
  }

  private static List<Finding> tag(Question.Labels asked, Analysis analysis)
      throws PluginException {
    List<String> labels = distinct(asked.labels());
    refuseTemplatesWithoutGap(asked.templates());
    CompetingScores scores =
        CompetingScores.compare(
            analysis.model(), analysis.image().whole(), labels, asked.templates());
    return answer(labels, scores, analysis.options());
  }

  private static List<String> distinct(List<String> labels) throws PluginException {
    var distinct = new LinkedHashSet<>(labels);
    if (distinct.contains(Finding.NONE_OF_THESE)) {
      throw new PluginException(
          Kind.BAD_QUESTION, "the label `" + Finding.NONE_OF_THESE + "` is reserved");
    }
    return List.copyOf(distinct);
  }

  private static void refuseTemplatesWithoutGap(List<String> templates) throws PluginException {
    for (String template : templates) {
      if (!template.contains(CompetingScores.GAP)) {
        throw new PluginException(
            Kind.BAD_QUESTION, "each template needs `{}` where the label goes");
      }
    }
  }

  private static List<Finding> answer(
      List<String> labels, CompetingScores scores, AnswerOptions options) {
    List<Tag> tags = new ArrayList<>(labels.size() + 1);
    for (int label = 0; label < labels.size(); label++) {
      tags.add(new Tag(labels.get(label), scores.ofLabel(label)));
    }
    tags.add(new Tag(Finding.NONE_OF_THESE, scores.ofNone()));
    // INVARIANT: the sort is stable, so equal scores keep the order in which labels were asked.
    return tags.stream()
        .filter(tag -> tag.score() >= options.threshold())
        .sorted(Comparator.comparing(Tag::score).reversed())
        .limit(options.topK())
        .<Finding>map(tag -> tag)
        .toList();
  }

  @Override
  public void close() {
    // Nothing is kept between calls.
  }
}
