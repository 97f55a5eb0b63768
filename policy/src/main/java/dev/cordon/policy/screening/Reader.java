package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a text as words, as it stands and, where it hides an encoding, as decoded. */
final class Reader {
  private final Lexicon lexicon;
  private final Splitter splitter;

  Reader(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.splitter = new Splitter(lexicon);
  }

  /** The readings of one text; unscreenable when one of them is. */
  record Reading(List<List<Word>> forms, boolean unscreenable) {}

  Reading read(String raw) {
    return forms(Folding.strip(raw));
  }

  /** Reads a template: each {@code {}} becomes a slot. */
  Reading readTemplate(String raw) {
    return forms(Folding.strip(raw).replace("{}", Word.FREE_SLOT));
  }

  private Reading forms(String stripped) {
    var forms = new ArrayList<List<Word>>(1);
    var folded = Folding.fold(Emoji.worded(stripped), lexicon::knows);
    forms.add(splitter.split(folded.text()));
    var unscreenable = folded.unscreenable();
    var decoded = decoded(stripped);
    if (!decoded.equals(stripped)) {
      var again = Folding.fold(Emoji.worded(decoded), lexicon::knows);
      forms.add(splitter.split(again.text()));
      unscreenable |= again.unscreenable();
    }
    return new Reading(forms, unscreenable);
  }

  /**
   * Decodes between the slots, so that they stay; what an encoding hid may hold invisible or
   * private characters of its own.
   */
  private static String decoded(String stripped) {
    return Arrays.stream(stripped.split(Word.FREE_SLOT, -1))
        .map(part -> Encodings.decoded(part).map(Folding::strip).orElse(part))
        .collect(Collectors.joining(Word.FREE_SLOT));
  }
}
