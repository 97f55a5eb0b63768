package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code tokenizer.json} does to a text before it is split; unknown steps are refused. */
interface TextNormalizer {
  /**
   * Expressions that mean the same to every engine and end in linear time: a space, any white
   * space, or a set of listed characters, perhaps repeated.
   */
  Pattern PLAIN =
      Pattern.compile(
          "( |\\\\s|\\[(?!\\^)([^\\\\\\[\\]&]|&(?!&)|\\\\[^A-Za-z0-9]|\\\\s)+])(\\+|\\{2,})?");

  String apply(String text);

  static TextNormalizer read(JsonNode step) throws IOException {
    if (step.isNull() || step.isMissingNode()) {
      return text -> text;
    }
    String type = TokenizerFile.text(step, "/type");
    return switch (type) {
      case "Sequence" -> sequence(step.path("normalizers"));
      case "Lowercase" -> Letters::lowerCase;
      case "Strip" ->
          strip(TokenizerFile.flag(step, "/strip_left"), TokenizerFile.flag(step, "/strip_right"));
      case "Replace" -> replace(step);
      case "Prepend" -> {
        String first = TokenizerFile.text(step, "/prepend");
        yield text -> text.isEmpty() ? text : first + text;
      }
      case "Precompiled" ->
          CharacterMap.read(TokenizerFile.text(step, "/precompiled_charsmap"))::apply;
      case "NFC", "NFD", "NFKC", "NFKD" -> {
        Normalizer.Form form = Normalizer.Form.valueOf(type);
        yield text -> Normalizer.normalize(text, form);
      }
      default -> throw new IOException("normalizer `" + type + "` is not known");
    };
  }

  private static TextNormalizer sequence(JsonNode steps) throws IOException {
    List<TextNormalizer> all = new ArrayList<>();
    for (JsonNode step : steps) {
      all.add(read(step));
    }
    return text -> {
      String done = text;
      for (TextNormalizer step : all) {
        done = step.apply(done);
      }
      return done;
    };
  }

  private static TextNormalizer replace(JsonNode step) throws IOException {
    String by = TokenizerFile.text(step, "/content");
    if (step.at("/pattern/String").isTextual()) {
      String literal = step.at("/pattern/String").textValue();
      if (literal.isEmpty()) {
        throw new IOException("normalizer `Replace` replaces nothing");
      }
      return text -> text.replace(literal, by);
    }
    String regex = TokenizerFile.text(step, "/pattern/Regex");
    if (!PLAIN.matcher(regex).matches()) {
      throw new IOException("normalizer `Replace` has an expression that is not read");
    }
    Pattern pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    String literally = Matcher.quoteReplacement(by);
    return text -> pattern.matcher(text).replaceAll(literally);
  }

  private static TextNormalizer strip(boolean left, boolean right) {
    return text -> {
      int from = 0;
      int to = text.length();
      while (left && from < to && Letters.isSpace(text.charAt(from))) {
        from++;
      }
      while (right && from < to && Letters.isSpace(text.charAt(to - 1))) {
        to--;
      }
      return text.substring(from, to);
    };
  }
}
