package dev.cordon.policy.screening;

/** One category a word belongs to, the verdict of that category, and how the word shows it. */
record Sense(String category, Verdict verdict, Kind kind) {
  /** The marks of the lexicon, in the order of its header. */
  enum Kind {
    STRONG,
    AMBIGUOUS,
    PERSON_WORD,
    ATTRIBUTE,
    WORN,
    COMPETING,
    PHRASE
  }
}
