package dev.cordon.models.tokenizer;

/** Character classes both tokenizers rely on, in code points, without locale or context. */
final class Letters {
  private static final int CAPITAL_I_WITH_DOT = 0x130;

  private Letters() {}

  /** Unicode's White_Space. */
  static boolean isSpace(int c) {
    return (c >= 0x9 && c <= 0xD) || c == 0x85 || Character.isSpaceChar(c);
  }

  /** Small letters one by one: a sigma at a word's end stays an ordinary sigma. */
  static String lowerCase(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == CAPITAL_I_WITH_DOT) {
                out.append("i\u0307");
              } else {
                out.appendCodePoint(Character.toLowerCase(c));
              }
            });
    return out.toString();
  }

  /** ASCII symbols and Unicode's punctuation. */
  static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
