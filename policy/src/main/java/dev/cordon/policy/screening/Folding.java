package dev.cordon.policy.screening;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.function.Predicate;

/**
 * Folds a text to the form that is matched: NFKD without marks and invisible characters, lower
 * case, look-alikes of Cyrillic and Greek as Latin.
 *
 * <p>Sources: Unicode Standard Annex 15 (normalisation) and, in spirit, Technical Standard 39
 * (confusables); the table is our own and covers the look-alikes of plain Latin letters only.
 */
final class Folding {
  private static final String LIKE =
      // Upper case, by shape.
      "АaВbЕeЅsІiЈjКkМmНhОoРpСcТtУyХxΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧx"
          // Lower case, by shape.
          + "аaвbеeѕsіiјjкkмmнhоoрpсcтtуyхxһhԁdԛqԝwпnиuгrьbѵvӏlɡg"
          + "αaβbγyεeηnιiκkμuνvοoρpσoςcτtυuχxωw"
          // Latin letters that do not decompose.
          + "ıiłlŁløoØođdĐdħhɑaɩiʟlɪi";

  private Folding() {}

  /** A folded text; unscreenable when a word of it stands in a script that is not tested for. */
  record Folded(String text, boolean unscreenable) {}

  /** Without characters that nobody sees; control characters become spaces. */
  static String strip(String raw) {
    var out = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(
            c -> {
              var type = Character.getType(c);
              if (type == Character.CONTROL) {
                out.append(' ');
              } else if (type != Character.FORMAT
                  && type != Character.PRIVATE_USE
                  && type != Character.SURROGATE
                  && type != Character.UNASSIGNED
                  && !isFiller(c)) {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean isFiller(int c) {
    return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
  }

  /** Folds a stripped text; the predicate knows the words of the lexicon. */
  static Folded fold(String stripped, Predicate<String> known) {
    var out = new StringBuilder(stripped.length());
    if (stripped.chars().allMatch(c -> c < 128 || c == Word.SLOT)) {
      stripped
          .chars()
          .forEach(c -> out.append(c < 128 ? (char) Character.toLowerCase(c) : (char) c));
      return new Folded(out.toString(), false);
    }
    var word = new Script();
    var unscreenable = false;
    var text = Normalizer.normalize(stripped, Normalizer.Form.NFKD);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isMark(c)) {
        continue;
      }
      if (Character.isLetterOrDigit(c)) {
        word.add(c, out);
      } else {
        unscreenable |= word.end(out, known);
        out.appendCodePoint(c);
      }
    }
    unscreenable |= word.end(out, known);
    return new Folded(out.toString(), unscreenable);
  }

  private static boolean isMark(int c) {
    var type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** Counts the letters of the current word by script. */
  private static final class Script {
    private int start = -1;
    private int latin;
    private int other;
    private int unmapped;
    private boolean ideographic;

    void add(int c, StringBuilder out) {
      start = start < 0 ? out.length() : start;
      var script = UnicodeScript.of(c);
      // Only characters of the Basic Multilingual Plane are in the table.
      int at = Character.isBmpCodePoint(c) ? LIKE.indexOf(c) : -1;
      int like = at >= 0 && at % 2 == 0 ? LIKE.charAt(at + 1) : -1;
      if (script == UnicodeScript.LATIN || script == UnicodeScript.COMMON) {
        latin += Character.isLetter(c) ? 1 : 0;
        appendLatin(like >= 0 ? like : c, out);
        return;
      }
      other++;
      ideographic |= Character.isIdeographic(c) || Character.getType(c) == Character.OTHER_LETTER;
      unmapped += like >= 0 ? 0 : 1;
      out.appendCodePoint(like >= 0 ? like : Character.toLowerCase(c));
    }

    private static void appendLatin(int c, StringBuilder out) {
      switch (c) {
        case 'ß', 'ẞ' -> out.append("ss");
        case 'æ', 'Æ' -> out.append("ae");
        case 'œ', 'Œ' -> out.append("oe");
        default -> out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
      }
    }

    boolean end(StringBuilder out, Predicate<String> known) {
      boolean foreign = ideographic || unmapped >= 2;
      if (!foreign && other >= 2 && latin == 0) {
        foreign = !known.test(out.substring(start));
      }
      start = -1;
      latin = 0;
      other = 0;
      unmapped = 0;
      ideographic = false;
      return foreign;
    }
  }
}
