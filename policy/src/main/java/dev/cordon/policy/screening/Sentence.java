package dev.cordon.policy.screening;

import java.util.List;

/** Units of one text and the grammar, as far as position tells it, between them. */
record Sentence(List<Word> words) {
  private static final int NEAR = 6;

  /** How far a phrase is followed; beyond it the reading is the stricter one. */
  private static final int FAR = 16;

  /** How a word follows a person word. */
  enum Tie {
    NONE,
    ADJACENT,
    LINKED,
    WORN
  }

  Word at(int i) {
    return words.get(i);
  }

  int size() {
    return words.size();
  }

  /** The index of the person word that the word at i stands before, or -1; others may intervene. */
  int personAfter(int i, int others) {
    int left = others;
    for (int j = i + 1; j < Math.min(size(), i + FAR); j++) {
      var word = at(j);
      if (word.is(Role.PERSON)) {
        return j;
      }
      boolean neutral =
          word.is(Role.ARTICLE) || word.is(Role.LINK) || word.is(Role.IMAGE) || word.hasSenses();
      if ((word.is(Role.BREAK) && !word.hasSenses()) || (!neutral && --left < 0)) {
        return -1;
      }
    }
    return -1;
  }

  /** How the word at i is tied to a person word before it; the nearest marker decides. */
  Tie personBefore(int i) {
    var tie = Tie.ADJACENT;
    for (int j = i - 1; j >= 0 && i - j <= NEAR; j--) {
      var word = at(j);
      if (word.is(Role.PERSON)) {
        return tie;
      }
      if (tie == Tie.ADJACENT && word.is(Role.LINK)) {
        tie = Tie.LINKED;
      } else if (tie == Tie.ADJACENT && word.is(Role.WEAR)) {
        tie = Tie.WORN;
      } else if (!(word.is(Role.ARTICLE)
          || word.is(Role.LINK)
          || word.is(Role.WEAR)
          || word.is(Role.IMAGE)
          || word.hasSenses())) {
        return Tie.NONE;
      }
    }
    return Tie.NONE;
  }

  /** Whether a word such as `is` or `does` stands before i, as in a question. */
  boolean asksBefore(int i) {
    return words.subList(Math.max(0, i - FAR), i).stream().anyMatch(word -> word.is(Role.LINK));
  }

  boolean personNear(int i) {
    for (int j = Math.max(0, i - NEAR); j < Math.min(size(), i + NEAR + 1); j++) {
      if (j != i && at(j).is(Role.PERSON)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word at i ends its phrase, so that it names the thing spoken of. */
  boolean heads(int i) {
    if (at(i).possessive() && i + 1 < size()) {
      return false;
    }
    for (int j = i + 1; j < Math.min(size(), i + FAR); j++) {
      var word = at(j);
      if (ends(word)) {
        return true;
      }
      if (!(word.is(Role.PERSON)
          || word.is(Role.IMAGE)
          || word.is(Role.ARTICLE)
          || word.hasSenses())) {
        return false;
      }
    }
    return true;
  }

  private static boolean ends(Word word) {
    return word.fresh()
        || word.is(Role.BREAK)
        || word.is(Role.LINK)
        || word.is(Role.WEAR)
        || word.is(Role.GIVEN)
        || (word.entry().unknown() && word.text().length() > 4 && word.text().endsWith("ing"));
  }
}
