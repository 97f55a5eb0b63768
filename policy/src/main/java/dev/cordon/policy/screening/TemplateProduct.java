package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Screens one template with every label put into it. A template that no label can turn into a
 * question about people is skipped; the others are read around the slot only, so the whole product
 * takes time linear in labels times templates.
 */
final class TemplateProduct {
  /** Words, and for glued slots characters, read on each side of a slot. */
  private static final int WORDS = 16;

  private static final int CHARACTERS = 64;

  private final Lexicon lexicon;
  private final Merging merging;
  private final Reader reader;
  private final String raw;
  private final List<List<Word>> contexts = new ArrayList<>();
  private boolean glued;

  TemplateProduct(Lexicon lexicon, Merging merging, Reader reader, String raw) {
    this.lexicon = lexicon;
    this.merging = merging;
    this.reader = reader;
    this.raw = raw;
    for (var form : reader.readTemplate(raw).forms()) {
      for (int i = 0; i < form.size(); i++) {
        if (form.get(i).isSlot()) {
          glued |= form.get(i).text().equals(Word.GLUED_SLOT);
          enter(form, i);
        }
      }
    }
  }

  private void enter(List<Word> form, int slot) {
    var context = form.subList(Math.max(0, slot - WORDS), Math.min(form.size(), slot + WORDS + 1));
    if (!inert(context)) {
      contexts.add(List.copyOf(context));
    }
  }

  private boolean inert(List<Word> context) {
    for (int i = 0; i < context.size(); i++) {
      var word = context.get(i);
      boolean completes = word.single() && !word.text().equals("a");
      boolean modified =
          i > 0
              && context.get(i - 1).isSlot()
              && !(word.is(Role.BREAK) || word.is(Role.LINK) || word.is(Role.IMAGE));
      if (!word.entry().inert() || lexicon.partOfPhrase(word.text()) || completes || modified) {
        return false;
      }
    }
    return true;
  }

  boolean needed() {
    return glued || !contexts.isEmpty();
  }

  /** Screens the template with one label in it. */
  void screen(String label, List<List<Word>> forms, Consumer<Evidence> sink) {
    if (glued) {
      for (var around : surroundings()) {
        for (var form : reader.read(around.replace("{}", label)).forms()) {
          PersonRules.find(new Sentence(merging.merge(form)), sink);
        }
      }
    }
    for (var context : contexts) {
      for (var form : forms) {
        var words = new ArrayList<Word>(context.size() + form.size());
        for (var word : context) {
          if (word.isSlot()) {
            words.addAll(form);
          } else {
            words.add(word);
          }
        }
        PersonRules.find(new Sentence(merging.merge(words)), sink);
      }
    }
  }

  private List<String> surroundings() {
    var around = new ArrayList<String>();
    for (int at = raw.indexOf("{}"); at >= 0; at = raw.indexOf("{}", at + 2)) {
      around.add(
          raw.substring(Math.max(0, at - CHARACTERS), Math.min(raw.length(), at + CHARACTERS)));
    }
    return around;
  }
}
