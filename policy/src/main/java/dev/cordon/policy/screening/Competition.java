package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds labels that are nothing but a category word and compete with another of the same category;
 * a single label competes with {@code none of these}.
 */
final class Competition {
  private record Contender(int label, Verdict verdict, boolean solid, boolean lone) {}

  private final Map<String, List<Contender>> contenders = new TreeMap<>();

  /** Enters a label by its units; one that says more than a category does not compete. */
  void enter(int label, List<Word> units) {
    var content = units.stream().filter(Competition::counts).toList();
    if (content.isEmpty()) {
      return;
    }
    if (content.size() == 1 && content.getFirst().is(Role.GIVEN)) {
      add("identity", new Contender(label, Verdict.BLOCK, true, false));
    }
    for (var sense : content.getFirst().entry().senses()) {
      contender(label, content, sense.category()).ifPresent(c -> add(sense.category(), c));
    }
  }

  void judge(int labels, Findings findings) {
    contenders.forEach(
        (category, all) -> {
          boolean lone = labels == 1 && all.stream().anyMatch(Contender::lone);
          boolean several = all.stream().map(Contender::label).distinct().count() > 1;
          if (lone || (several && all.stream().anyMatch(Contender::solid))) {
            for (var one : all) {
              findings.add(
                  new Evidence(category, one.verdict(), "competing-labels"),
                  PromptScreen.label(one.label()));
            }
          }
        });
  }

  private void add(String category, Contender contender) {
    contenders.computeIfAbsent(category, key -> new ArrayList<>()).add(contender);
  }

  private static boolean counts(Word word) {
    return word.hasSenses()
        || !(word.is(Role.ARTICLE)
            || word.is(Role.IMAGE)
            || word.is(Role.LINK)
            || word.text().equals("of"));
  }

  private static Optional<Contender> contender(int label, List<Word> content, String category) {
    var verdict = Verdict.ALLOW;
    boolean solid = false;
    boolean lone = false;
    for (var word : content) {
      boolean found = false;
      for (var sense : word.entry().senses()) {
        if (sense.category().equals(category) && competes(sense.kind())) {
          found = true;
          verdict = sense.verdict();
          solid |= sense.kind() != Sense.Kind.AMBIGUOUS;
          lone |= sense.kind() == Sense.Kind.STRONG || sense.kind() == Sense.Kind.PERSON_WORD;
        }
      }
      if (!found) {
        return Optional.empty();
      }
    }
    return Optional.of(new Contender(label, verdict, solid, lone));
  }

  private static boolean competes(Sense.Kind kind) {
    return switch (kind) {
      case STRONG, AMBIGUOUS, PERSON_WORD, COMPETING -> true;
      case ATTRIBUTE, WORN, PHRASE -> false;
    };
  }
}
