package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.text.Normalizer;

/**
 * BERT's text normalisation: control characters go, any space becomes a plain one, Chinese
 * characters stand alone, accents go, letters become small. Each step as the package switches it.
 */
record BertNormalizer(
    boolean cleanText, boolean spaceChinese, boolean stripAccents, boolean lowerCase) {
  private static final int[][] CHINESE = {
    {0x4E00, 0x9FFF},
    {0x3400, 0x4DBF},
    {0x20000, 0x2A6DF},
    {0x2A700, 0x2B73F},
    {0x2B740, 0x2B81F},
    {0x2B920, 0x2CEAF},
    {0xF900, 0xFAFF},
    {0x2F800, 0x2FA1F},
  };

  static BertNormalizer read(JsonNode file) throws IOException {
    TokenizerFile.require(file, "/normalizer/type", "BertNormalizer");
    boolean lowerCase = TokenizerFile.flag(file, "/normalizer/lowercase");
    boolean accents =
        file.at("/normalizer/strip_accents").isNull()
            ? lowerCase
            : TokenizerFile.flag(file, "/normalizer/strip_accents");
    return new BertNormalizer(
        TokenizerFile.flag(file, "/normalizer/clean_text"),
        TokenizerFile.flag(file, "/normalizer/handle_chinese_chars"),
        accents,
        lowerCase);
  }

  String normalise(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> clean(c, out));
    String result = out.toString();
    if (stripAccents) {
      result = withoutAccents(result);
    }
    return lowerCase ? Letters.lowerCase(result) : result;
  }

  private void clean(int c, StringBuilder out) {
    if (cleanText && (c == 0 || c == 0xFFFD || isControl(c))) {
      return;
    }
    if (cleanText && Letters.isSpace(c)) {
      out.append(' ');
    } else if (spaceChinese && isChinese(c)) {
      out.append(' ').appendCodePoint(c).append(' ');
    } else {
      out.appendCodePoint(c);
    }
  }

  private static String withoutAccents(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isControl(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isChinese(int c) {
    for (int[] range : CHINESE) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
