package dev.cordon.plugins.imagesearch;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * The parts of a text that are searched alone: its sentences, and the clauses of a long one. A text
 * tower reads few words at once, so a page asked as a whole would count for its beginning only.
 */
final class Phrases {
  /** Longer sentences are cut at commas and the like; about what a text tower reads. */
  private static final int LONG = 120;

  private static final int SHORTEST = 3;

  /** Bounds the searches of one call. */
  static final int MOST = 24;

  private Phrases() {}

  /** In the order of the text, each once; the text itself when nothing can be taken out of it. */
  static List<String> of(String text, Locale language) {
    var phrases = new LinkedHashSet<String>();
    for (String line : text.split("\n")) {
      for (String sentence : sentences(line, language)) {
        if (sentence.length() <= LONG) {
          add(phrases, sentence);
        } else {
          for (String clause : sentence.split("[,;:–—]\\s|\\s[-–—]\\s")) {
            add(phrases, clause);
          }
        }
      }
    }
    return phrases.isEmpty() ? List.of(text) : phrases.stream().limit(MOST).toList();
  }

  private static List<String> sentences(String line, Locale language) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(language);
    breaks.setText(line);
    List<String> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      sentences.add(line.substring(from, to));
      from = to;
    }
    return sentences;
  }

  private static void add(LinkedHashSet<String> phrases, String part) {
    String phrase = part.strip().replaceAll("[.!?。]+$", "");
    if (phrase.codePoints().filter(Character::isLetterOrDigit).count() >= SHORTEST) {
      phrases.add(phrase);
    }
  }
}
