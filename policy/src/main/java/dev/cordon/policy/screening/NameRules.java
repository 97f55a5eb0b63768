package dev.cordon.policy.screening;

/** Finds names of persons: a given name, a title or a role with what completes it. */
final class NameRules {
  private NameRules() {}

  /** Whether a name of a person starts at i. */
  static boolean isName(Sentence sentence, int i) {
    var word = sentence.at(i);
    if (i + 1 >= sentence.size() || word.possessive() || sentence.at(i + 1).fresh()) {
      return false;
    }
    var next = sentence.at(i + 1);
    boolean surname = next.is(Role.SURNAME) || next.is(Role.COMMON_SURNAME);
    boolean given = next.is(Role.GIVEN) || next.is(Role.WEAK_GIVEN);
    if (word.is(Role.GIVEN)) {
      return surname || next.is(Role.GIVEN) || next.is(Role.PARTICLE) || couldBeName(next);
    }
    if (word.is(Role.PERSON) && !word.is(Role.IMAGE)) {
      return next.is(Role.GIVEN) || (next.is(Role.SURNAME) && sentence.heads(i + 1));
    }
    if (isInitial(word)) {
      return next.is(Role.SURNAME) && sentence.heads(i + 1);
    }
    if (word.is(Role.TITLE)) {
      return surname || given || next.is(Role.PARTICLE) || couldBeName(next);
    }
    return (word.is(Role.WEAK_GIVEN) && next.is(Role.SURNAME))
        || (word.is(Role.SURNAME) && next.is(Role.GIVEN));
  }

  private static boolean isInitial(Word word) {
    return word.single() && Character.isLetter(word.text().charAt(0)) && !word.is(Role.ARTICLE);
  }

  private static boolean couldBeName(Word word) {
    return word.entry().unknown()
        && !word.isSlot()
        && word.text().length() > 1
        && !word.text().endsWith("ing")
        && word.text().chars().allMatch(Character::isLetter);
  }
}
