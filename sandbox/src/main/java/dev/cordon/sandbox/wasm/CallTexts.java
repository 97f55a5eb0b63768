package dev.cordon.sandbox.wasm;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The texts of one call in numbered lists, as UTF-8. */
final class CallTexts {
  static final int NEIGHBOURS = 9;

  private final List<List<byte[]>> lists = new ArrayList<>();

  /** The order here is the numbering of SPEC.md. */
  CallTexts(Analysis analysis, SortedMap<String, String> settings) {
    AnswerOptions options = analysis.options();
    SortedMap<String, String> parents = new TreeMap<>(options.parents());
    switch (analysis.question()) {
      case Question.Labels(List<String> labels, List<String> templates) ->
          addAll(labels, templates, List.of());
      case Question.Text(String text) -> addAll(List.of(), List.of(), List.of(text));
      case Question.Open() -> addAll(List.of(), List.of(), List.of());
    }
    addAll(List.copyOf(parents.keySet()), List.copyOf(parents.values()));
    addAll(List.of(options.language()));
    addAll(analysis.model().info().languages().stream().sorted().toList());
    addAll(List.copyOf(settings.keySet()), List.copyOf(settings.values()));
    addAll(List.of());
  }

  @SafeVarargs
  private void addAll(List<String>... more) {
    for (List<String> list : more) {
      lists.add(encoded(list));
    }
  }

  void neighbours(List<String> items) {
    lists.set(NEIGHBOURS, encoded(items));
  }

  int count(int list) {
    return list(list).size();
  }

  byte[] text(int list, int index) {
    List<byte[]> texts = list(list);
    if (index < 0 || index >= texts.size()) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    return texts.get(index);
  }

  private List<byte[]> list(int list) {
    if (list < 0 || list >= lists.size()) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    return lists.get(list);
  }

  private static List<byte[]> encoded(List<String> list) {
    return list.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
