package dev.cordon.policy.screening;

import java.util.ArrayList;
import java.util.List;

/** Screens the texts of a call for questions about people; thread-safe, keeps nothing. */
public final class PromptScreen {
  private static final Evidence UNSCREENABLE =
      new Evidence("unscreenable", Verdict.REVIEW, "untested-script");

  private final Lexicon lexicon;
  private final Reader reader;
  private final Merging merging;

  private PromptScreen(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.reader = new Reader(lexicon);
    this.merging = new Merging(lexicon);
  }

  /** The screen with the lexicon that ships with this version. */
  public static PromptScreen shipped() {
    return new PromptScreen(Lexicon.shipped());
  }

  /** SHA-256 in hex over the lexicon, so that a record can name the screen that was used. */
  public String digest() {
    return lexicon.digest();
  }

  /** Screens labels, templates, the full product of both, and the text. */
  public Screening screen(ScreenedTexts texts) {
    var findings = new Findings();
    var labels = labels(texts.labels(), findings);
    for (int i = 0; i < texts.templates().size(); i++) {
      template(texts.templates().get(i), "options.templates[" + i + "]", labels, texts, findings);
    }
    texts.text().ifPresent(text -> text(text, "text", findings));
    return findings.screening();
  }

  /** Screens one text; {@code where} is only copied into the hits. */
  public Screening screenText(String text, String where) {
    var findings = new Findings();
    text(text, where, findings);
    return findings.screening();
  }

  static String label(int index) {
    return "labels[" + index + "]";
  }

  private List<Reader.Reading> labels(List<String> labels, Findings findings) {
    var readings = new ArrayList<Reader.Reading>(labels.size());
    var competition = new Competition();
    for (int i = 0; i < labels.size(); i++) {
      var reading = reader.read(labels.get(i));
      readings.add(reading);
      for (var units : judge(reading, label(i), findings)) {
        competition.enter(i, units);
      }
    }
    competition.judge(labels.size(), findings);
    return readings;
  }

  private void template(
      String template,
      String where,
      List<Reader.Reading> labels,
      ScreenedTexts texts,
      Findings findings) {
    judge(reader.readTemplate(template), where, findings);
    var product = new TemplateProduct(lexicon, merging, reader, template);
    for (int i = 0; product.needed() && i < labels.size(); i++) {
      var place = label(i);
      product.screen(texts.labels().get(i), labels.get(i).forms(), hit -> findings.add(hit, place));
    }
  }

  private void text(String text, String where, Findings findings) {
    judge(reader.read(text), where, findings);
  }

  /** Judges every form of a text and returns its units, form by form. */
  private List<List<Word>> judge(Reader.Reading reading, String where, Findings findings) {
    if (reading.unscreenable()) {
      findings.add(UNSCREENABLE, where);
    }
    var units = new ArrayList<List<Word>>(reading.forms().size());
    for (var form : reading.forms()) {
      var merged = merging.merge(form);
      PersonRules.find(new Sentence(merged), evidence -> findings.add(evidence, where));
      units.add(merged);
    }
    return units;
  }
}
