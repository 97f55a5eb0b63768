package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Tag;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPlugin;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each distinct label, and {@link Finding#NONE_OF_THESE}, its calibrated probability: among
 * all of them, so that they sum to 1, or each alone; broader labels get those below them. Or makes
 * a sentence. Reserves most of the probability for {@link Finding#UNCERTAIN} where the image is too
 * poor.
 */
final class ImageTaggingPlugin implements VisionPlugin {
  private static final Set<String> RESERVED = Set.of(Finding.NONE_OF_THESE, Finding.UNCERTAIN);

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    Mode mode = analysis.options().mode();
    return switch (analysis.question()) {
      case Question.Labels asked -> {
        refuse(asked, analysis.options());
        yield mode == Mode.CAPTION ? Captioning.caption(analysis) : tag(asked, analysis);
      }
      case Question.Open _ when mode == Mode.CAPTION -> Captioning.caption(analysis);
      case Question.Text _, Question.Open _ ->
          throw new PluginException(Kind.BAD_QUESTION, "image-tagging needs labels");
    };
  }

  private static List<Finding> tag(Question.Labels asked, Analysis analysis)
      throws PluginException {
    List<String> labels = asked.labels().stream().distinct().toList();
    CompetingScores scores =
        CompetingScores.compare(
            analysis.model(), analysis.image().whole(), labels, asked.templates());
    Mode mode = analysis.options().mode();
    Map<String, Float> own = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      own.put(
          labels.get(label),
          mode == Mode.SINGLE_LABEL ? scores.ofLabel(label) : scores.alone(label));
    }
    Map<String, Float> all = RollUp.of(own, analysis.options().parents(), mode);
    all.put(
        Finding.NONE_OF_THESE,
        mode == Mode.SINGLE_LABEL ? scores.ofNone() : 1 - Collections.max(own.values()));
    if (Abstention.isDue(analysis.quality())) {
      all.replaceAll((label, score) -> score * Abstention.SHARE);
      all.put(Finding.UNCERTAIN, 1 - Abstention.SHARE);
    }
    return answer(all, analysis.options());
  }

  private static void refuse(Question.Labels asked, AnswerOptions options) throws PluginException {
    for (Collection<String> labels : List.of(asked.labels(), options.parents().values())) {
      for (String label : labels) {
        if (RESERVED.contains(label)) {
          throw new PluginException(Kind.BAD_QUESTION, "the label `" + label + "` is reserved");
        }
      }
    }
    for (String template : asked.templates()) {
      if (!template.contains(CompetingScores.GAP)) {
        throw new PluginException(
            Kind.BAD_QUESTION, "each template needs `{}` where the label goes");
      }
    }
  }

  private static List<Finding> answer(Map<String, Float> scores, AnswerOptions options) {
    // INVARIANT: the sort is stable, so equal scores keep the order in which labels were asked.
    return scores.entrySet().stream()
        .map(entry -> new Tag(entry.getKey(), entry.getValue()))
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
