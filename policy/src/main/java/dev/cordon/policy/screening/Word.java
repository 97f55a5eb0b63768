package dev.cordon.policy.screening;

/**
 * One word of a folded text and how it stands to the word before it: after sentence punctuation
 * ({@code fresh}), or joined to it by a single mark such as a hyphen ({@code joined}); the gap
 * counts the characters between them.
 */
record Word(String text, Entry entry, boolean fresh, boolean joined, boolean possessive, int gap) {
  /** Stands for the label in a template; a private-use character that no folded text contains. */
  static final char SLOT = '\uE000';

  static final String FREE_SLOT = "" + SLOT;
  static final String GLUED_SLOT = FREE_SLOT + SLOT;

  static Word slot(boolean glued) {
    return new Word(glued ? GLUED_SLOT : FREE_SLOT, Entry.NONE, false, false, false, 1);
  }

  boolean isSlot() {
    return text.charAt(0) == SLOT;
  }

  boolean single() {
    return text.length() == 1 && !isSlot();
  }

  boolean is(Role role) {
    return entry.is(role);
  }

  boolean hasSenses() {
    return !entry.senses().isEmpty();
  }

  /** The same word as part of the sentence before it. */
  Word continuing() {
    return new Word(text, entry, false, joined, possessive, gap);
  }

  Word withEntry(String otherText, Entry other) {
    return new Word(otherText, other, fresh, joined, possessive, gap);
  }
}
