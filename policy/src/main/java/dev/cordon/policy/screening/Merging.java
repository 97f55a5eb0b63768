package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns words into units of the lexicon: spelled-out words, hyphened words, and phrases. */
final class Merging {
  private static final int MAX_SPELLED = 400;
  private static final int MAX_WORD = 16;

  private final Lexicon lexicon;
  private final Runs runs;

  Merging(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.runs = new Runs(lexicon);
  }

  List<Word> merge(List<Word> words) {
    return phrases(runs.parted(rejoined(spelled(words))));
  }

  /** Runs of three or more single letters are read as words. */
  private List<Word> spelled(List<Word> words) {
    int singles = 0;
    for (var word : words) {
      singles += word.single() ? 1 : 0;
    }
    if (singles < 3) {
      return words;
    }
    var out = new ArrayList<Word>();
    for (int i = 0; i < words.size(); ) {
      int end = i;
      while (end < words.size() && words.get(end).single() && end - i < MAX_SPELLED) {
        end++;
      }
      if (end - i < 3) {
        out.add(words.get(i++));
        continue;
      }
      addSpelled(words.subList(i, end), out);
      i = end;
    }
    return out;
  }

  /** A gap wider than the narrowest one ends a word. */
  private void addSpelled(List<Word> letters, List<Word> out) {
    int narrow = letters.stream().skip(1).mapToInt(Word::gap).min().orElse(1);
    var run = new StringBuilder();
    for (int i = 0; i < letters.size(); i++) {
      if (i > 0 && letters.get(i).gap() > narrow) {
        out.addAll(segmented(Splitter.plain(run.toString(), 'i')));
        run.setLength(0);
      }
      run.append(letters.get(i).text());
    }
    out.addAll(segmented(Splitter.plain(run.toString(), 'i')));
  }

  /** The cheapest reading of letters without spaces: known words cost 1, unknown letters 3. */
  private List<Word> segmented(String run) {
    int[] cost = new int[run.length() + 1];
    int[] from = new int[run.length() + 1];
    Arrays.fill(cost, 1, cost.length, Integer.MAX_VALUE);
    for (int start = 0; start < run.length(); start++) {
      relax(cost, from, start, start + 1, 3);
      for (int end = start + 1; end <= Math.min(run.length(), start + MAX_WORD); end++) {
        if (lexicon.knows(run.substring(start, end))) {
          relax(cost, from, start, end, 1);
        }
      }
    }
    var words = new ArrayList<Word>();
    int end = run.length();
    int unknownEnd = -1;
    while (end > 0) {
      int start = from[end];
      boolean known = lexicon.knows(run.substring(start, end));
      if (known && unknownEnd >= 0) {
        words.addFirst(word(run.substring(end, unknownEnd)));
        unknownEnd = -1;
      }
      if (known) {
        words.addFirst(word(run.substring(start, end)));
      } else if (unknownEnd < 0) {
        unknownEnd = end;
      }
      end = start;
    }
    if (unknownEnd >= 0) {
      words.addFirst(word(run.substring(0, unknownEnd)));
    }
    return words;
  }

  private static void relax(int[] cost, int[] from, int start, int end, int price) {
    if (cost[start] + price < cost[end]) {
      cost[end] = cost[start] + price;
      from[end] = start;
    }
  }

  private Word word(String text) {
    return new Word(text, lexicon.entry(text), false, false, false, 1);
  }

  /** `mus-lim` is `muslim`: unknown pieces joined by marks are tried as one word. */
  private List<Word> rejoined(List<Word> words) {
    if (words.stream().noneMatch(Word::joined)) {
      return words;
    }
    var out = new ArrayList<Word>(words.size());
    for (int i = 0; i < words.size(); ) {
      int end = i + 1;
      var text = new StringBuilder(words.get(i).text());
      int best = end;
      var bestText = "";
      boolean unknown = words.get(i).entry().unknown();
      while (end < words.size() && words.get(end).joined() && text.length() < MAX_WORD) {
        unknown |= words.get(end).entry().unknown();
        text.append(words.get(end++).text());
        if (unknown && !lexicon.entry(text.toString()).unknown()) {
          best = end;
          bestText = text.toString();
        }
      }
      var first = words.get(i);
      out.add(best > i + 1 ? first.withEntry(bestText, lexicon.entry(bestText)) : first);
      i = best;
    }
    return out;
  }

  private List<Word> phrases(List<Word> words) {
    var out = new ArrayList<Word>(words.size());
    for (int i = 0; i < words.size(); ) {
      int length = Math.min(lexicon.longestPhrase(words.get(i).text()), words.size() - i);
      Word phrase = null;
      while (length > 1 && phrase == null) {
        var text = text(words, i, length);
        var entry = lexicon.entry(text);
        if (entry.unknown()) {
          length--;
        } else {
          phrase = words.get(i).withEntry(text, entry);
        }
      }
      out.add(phrase == null ? words.get(i) : phrase);
      i += Math.max(1, length);
    }
    return out;
  }

  private static String text(List<Word> words, int from, int length) {
    var text = new StringBuilder();
    for (int i = from; i < from + length; i++) {
      text.append(i == from ? "" : " ").append(words.get(i).text());
    }
    return text.toString();
  }
}
