package dev.cordon.benchmarks.sandbox;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The example {@code label-match} of the sandbox, step by step the same, in Java. */
final class LabelMatch implements VisionPlugin {
  private static final Comparator<Finding.Tag> BEST_FIRST =
      Comparator.comparing(Finding.Tag::score).reversed().thenComparing(Finding.Tag::label);

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    return switch (analysis.question()) {
      case Question.Labels labels -> match(labels, analysis);
      case Question.Text _, Question.Open _ ->
          throw new PluginException(Kind.BAD_QUESTION, "label-match needs labels");
    };
  }

  private static List<Finding> match(Question.Labels question, Analysis analysis)
      throws PluginException {
    List<String> names = question.labels().stream().distinct().toList();
    List<String> forms = question.templates();
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      for (String form : forms) {
        texts.add(form.replace("{}", name));
      }
    }
    Similarities found = analysis.model().compare(List.of(analysis.image().whole()), texts);
    List<Finding.Tag> tags = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      float sum = 0;
      for (int j = 0; j < forms.size(); j++) {
        sum += found.cosine(0, i * forms.size() + j);
      }
      float score = found.probability(sum / forms.size());
      if (!Float.isFinite(score)) {
        throw new PluginException(Kind.FAULT, "the model gave no number");
      }
      tags.add(new Finding.Tag(names.get(i), score));
    }
    tags.sort(BEST_FIRST);
    return tags.subList(0, Math.min(analysis.options().topK(), tags.size())).stream()
        .filter(tag -> tag.score() >= analysis.options().threshold())
        .<Finding>map(tag -> tag)
        .toList();
  }

  @Override
  public void close() {}
}
