package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts words that were run together, such as `happywoman`, but only where the parts are known and
 * ask about people: most long words merely happen to contain others.
 */
final class Runs {
  private static final int MIN_RUN = 6;
  private static final int MAX_RUN = 40;
  private static final int MIN_PART = 3;
  private static final int MAX_PARTS = 6;

  private final Lexicon lexicon;

  Runs(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Word> parted(List<Word> words) {
    if (words.stream().noneMatch(this::mayBeRun)) {
      return words;
    }
    var out = new ArrayList<Word>(words.size() + MAX_PARTS);
    for (var word : words) {
      var parts = mayBeRun(word) ? questionIn(word.text()) : List.<String>of();
      if (!parts.isEmpty()) {
        for (int i = 0; i < parts.size(); i++) {
          var part = word.withEntry(parts.get(i), lexicon.entry(parts.get(i)));
          out.add(i == 0 ? part : part.continuing());
        }
      } else {
        out.add(word);
      }
    }
    return out;
  }

  private boolean mayBeRun(Word word) {
    return word.text().length() >= MIN_RUN
        && word.text().length() <= MAX_RUN
        && !lexicon.knows(word.text())
        && !word.isSlot();
  }

  /** The parts of a run that ask about people, signs and digits read as letters, or nothing. */
  private List<String> questionIn(String run) {
    for (var plain : List.of(run, Splitter.plain(run, 'i'), Splitter.plain(run, 'l'))) {
      var parts = parts(plain);
      if (asks(parts)) {
        return parts;
      }
    }
    return List.of();
  }

  /** The reading with the fewest known words, or nothing. */
  private List<String> parts(String run) {
    var best = new ArrayList<List<String>>(run.length() + 1);
    best.add(List.of());
    for (int end = 1; end <= run.length(); end++) {
      List<String> shortest = null;
      for (int start = 0; start < end; start++) {
        var before = best.get(start);
        boolean shorter =
            before != null
                && before.size() < MAX_PARTS
                && (shortest == null || before.size() + 1 < shortest.size());
        if (shorter && isPart(run, start, end)) {
          shortest = new ArrayList<>(before);
          shortest.add(run.substring(start, end));
        }
      }
      best.add(shortest);
    }
    var whole = best.getLast();
    return whole == null ? List.of() : whole;
  }

  private boolean isPart(String run, int start, int end) {
    var part = run.substring(start, end);
    return (part.length() >= MIN_PART || part.equals("is")) && lexicon.knows(part);
  }

  private boolean asks(List<String> parts) {
    if (parts.size() < 2) {
      return false;
    }
    boolean person = false;
    boolean category = false;
    for (var part : parts) {
      var entry = lexicon.entry(part);
      boolean speaks = entry.senses().stream().anyMatch(Runs::speaks);
      person |= entry.is(Role.PERSON) && !speaks;
      category |= speaks;
    }
    var first = lexicon.entry(parts.get(0));
    var phrase = lexicon.entry(String.join(" ", parts));
    return (person && category)
        || (first.is(Role.GIVEN) && lexicon.entry(parts.get(1)).is(Role.SURNAME))
        || phrase.senses().stream().anyMatch(sense -> sense.kind() == Sense.Kind.PHRASE);
  }

  private static boolean speaks(Sense sense) {
    return switch (sense.kind()) {
      case STRONG, AMBIGUOUS, PERSON_WORD -> true;
      case ATTRIBUTE, WORN, COMPETING, PHRASE -> false;
    };
  }
}
