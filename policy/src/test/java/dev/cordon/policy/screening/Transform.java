package dev.cordon.policy.screening;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Ways to hide a text from a naive screen; each leaves {@code {}} alone. */
enum Transform {
  NONE {
    @Override
    String apply(String text) {
      return text;
    }
  },
  UPPER_CASE {
    @Override
    String apply(String text) {
      return text.toUpperCase(Locale.ROOT);
    }
  },
  FULL_WIDTH {
    @Override
    String apply(String text) {
      return each(text, c -> c >= 'A' && c <= 'z' ? Character.toString(c + 0xFEE0) : null);
    }
  },
  LEET {
    @Override
    String apply(String text) {
      return replaced(text.toLowerCase(Locale.ROOT), "aeiost", "431057");
    }
  },
  ZERO_WIDTH {
    @Override
    String apply(String text) {
      return each(text, c -> Character.isLetter(c) ? Character.toString(c) + '\u200b' : null);
    }
  },
  LETTER_SPACING {
    @Override
    String apply(String text) {
      return each(
          text, c -> Character.isLetter(c) ? Character.toString(c) + ' ' : c == ' ' ? "  " : null);
    }
  },
  HOMOGLYPHS {
    @Override
    String apply(String text) {
      return replaced(text, "aceiopxyABEHKMOPTX", "асеіорхуАВЕНКМОРТХ");
    }
  };

  abstract String apply(String text);

  private static String replaced(String text, String from, String to) {
    return each(text, c -> from.indexOf(c) < 0 ? null : "" + to.charAt(from.indexOf(c)));
  }

  private static String each(String text, IntFunction<String> change) {
    return text.codePoints()
        .mapToObj(
            c -> {
              var changed = change.apply(c);
              return changed == null ? Character.toString(c) : changed;
            })
        .collect(Collectors.joining());
  }
}
