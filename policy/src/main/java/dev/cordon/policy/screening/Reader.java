package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;

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
    var folded = Folding.fold(stripped, lexicon::knows);
    forms.add(splitter.split(folded.text()));
    var unscreenable = folded.unscreenable();
    var decoded = Encodings.decoded(stripped);
    if (decoded.isPresent()) {
      // What an encoding hides may hold invisible or private characters of its own.
      var again = Folding.fold(Folding.strip(keepSlots(decoded.get())), lexicon::knows);
      forms.add(splitter.split(again.text()));
      unscreenable |= again.unscreenable();
    }
    return new Reading(forms, unscreenable);
  }

  private static String keepSlots(String text) {
    return text.replace(Word.FREE_SLOT, " {} ");
  }
}
