package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;

/** Splits a folded text into words and reads digits and signs as letters where that makes sense. */
final class Splitter {
  private static final String LEET = "4@3105$7+8!9|";
  private static final String PLAIN = "aaeiosstt" + "bigi";
  private static final String APOSTROPHES = "'’`";
  private static final String SIGNS = "@$!|+";

  private final Lexicon lexicon;

  Splitter(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Word> split(String text) {
    var words = new ArrayList<Word>();
    int i = 0;
    int end = 0; // of the previous word
    while (i < text.length()) {
      if (text.charAt(i) == Word.SLOT) {
        boolean glued =
            (i > 0 && glues(text.charAt(i - 1)))
                || (i + 1 < text.length() && glues(text.charAt(i + 1)));
        words.add(Word.slot(glued));
        end = ++i;
      } else if (!inWord(text, i)) {
        i++;
      } else {
        int start = i;
        while (i < text.length() && (inWord(text, i) || isApostrophe(text, i))) {
          i++;
        }
        int before = words.isEmpty() ? start - 1 : end;
        var word = word(text.substring(start, i), text, before, start);
        words.add(abbreviated(words, text, before, start) ? word.continuing() : word);
        end = i;
      }
    }
    return words;
  }

  private Word word(String raw, String text, int end, int start) {
    var gap = text.substring(Math.max(0, end), start);
    boolean fresh = gap.chars().anyMatch(c -> ".,;:?!()\n".indexOf(c) >= 0) && gap.length() > 1;
    boolean joined = gap.length() == 1 && gap.charAt(0) != ' ';
    var plain = raw.chars().allMatch(Character::isLetter) ? raw : raw.replaceAll("['’`]", "");
    boolean possessive =
        raw.length() > 2
            && raw.endsWith("s")
            && APOSTROPHES.indexOf(raw.charAt(raw.length() - 2)) >= 0;
    var base = possessive ? plain.substring(0, plain.length() - 1) : plain;
    var read = read(base);
    return new Word(read, lexicon.entry(read), fresh, joined, possessive, start - end);
  }

  /** Whether the full stop before this word belongs to a title, as in `mr. smith`, or a letter. */
  private static boolean abbreviated(List<Word> words, String text, int end, int start) {
    return !words.isEmpty()
        && text.substring(Math.max(0, end), start).strip().equals(".")
        && (words.getLast().is(Role.TITLE) || words.getLast().single());
  }

  /** The word, or the known word it is when signs stand for letters. */
  private String read(String word) {
    if (lexicon.knows(word) || word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return word;
    }
    var plain = plain(word, 'i');
    if (lexicon.knows(plain)) {
      return plain;
    }
    var other = plain(word, 'l');
    return lexicon.knows(other) ? other : word;
  }

  /** Signs and digits as letters; the one is an i or an l. */
  static String plain(String word, char one) {
    var out = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      int at = LEET.indexOf(word.charAt(i));
      boolean isOne = "1!|".indexOf(word.charAt(i)) >= 0;
      out.append(isOne ? one : at >= 0 ? PLAIN.charAt(at) : word.charAt(i));
    }
    return out.toString();
  }

  private static boolean inWord(String text, int i) {
    char c = text.charAt(i);
    if (c == Word.SLOT) {
      return false;
    }
    if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
      return true;
    }
    if (SIGNS.indexOf(c) < 0) {
      return false;
    }
    boolean before = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
    boolean after = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
    return c == '@' || c == '$' ? before || after : before && after;
  }

  private static boolean isApostrophe(String text, int i) {
    return APOSTROPHES.indexOf(text.charAt(i)) >= 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private static boolean glues(char c) {
    return !Character.isWhitespace(c) && ".,;:?()\"".indexOf(c) < 0;
  }
}
