package dev.cordon.policy.screening;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads pictures of faces and people as words of the lexicon; other pictures stay as they are.
 *
 * <p>Source: Unicode Technical Standard 51, the groups of smileys, gestures and persons.
 */
final class Emoji {
  /** The lexicon's word for a face with an expression. */
  static final String FACE = "emojiface";

  private static final Map<Integer, String> PEOPLE =
      Map.ofEntries(
          Map.entry(0x1F466, "boy"),
          Map.entry(0x1F467, "girl"),
          Map.entry(0x1F468, "man"),
          Map.entry(0x1F469, "woman"),
          Map.entry(0x1F474, "old man"),
          Map.entry(0x1F475, "old woman"),
          Map.entry(0x1F476, "baby"),
          Map.entry(0x1F9D1, "person"),
          Map.entry(0x1F9D2, "child"),
          Map.entry(0x1F9D3, "old person"),
          Map.entry(0x1F9D5, "woman wearing a headscarf"),
          Map.entry(0x1F473, "man wearing a turban"));

  /** Typed faces, as words of their own. */
  private static final Pattern TYPED =
      Pattern.compile(
          "(?<![^\\s,;\"])(?:[:;=8][-o^']?[()\\[\\]DP/|]|[()][-o^]?[:;=])(?![^\\s,;.\"])");

  private Emoji() {}

  /** The text with every such picture as a word between spaces. */
  static String worded(String text) {
    var typed = TYPED.matcher(text).replaceAll(" " + FACE + " ");
    if (typed.chars().allMatch(c -> c < 0x2639)) {
      return typed;
    }
    var out = new StringBuilder(typed.length());
    typed
        .codePoints()
        .forEach(
            c -> {
              var word = word(c);
              if (word.isEmpty()) {
                out.appendCodePoint(c);
              } else {
                out.append(' ').append(word).append(' ');
              }
            });
    return out.toString();
  }

  private static String word(int c) {
    if (c >= 0x1F3FB && c <= 0x1F3FF) {
      return "skintone";
    }
    return isFace(c) ? FACE : PEOPLE.getOrDefault(c, "");
  }

  private static boolean isFace(int c) {
    return c == 0x2639
        || c == 0x263A
        || (c >= 0x1F600 && c <= 0x1F640 && c != 0x1F637)
        || (c >= 0x1F641 && c <= 0x1F644)
        || c == 0x1F64D
        || c == 0x1F64E
        || c == 0x1F926
        || c == 0x1F47F
        || c == 0x1F608
        || (c >= 0x1F910 && c <= 0x1F92F && !isOtherFace(c))
        || (c >= 0x1F970 && c <= 0x1F97A && c != 0x1F977 && c != 0x1F978)
        || (c >= 0x1FAE0 && c <= 0x1FAE9 && c != 0x1FAE6);
  }

  /** Masks, a robot, a cowboy, a clown, and hands that stand among the faces. */
  private static boolean isOtherFace(int c) {
    return c == 0x1F912
        || c == 0x1F915
        || c == 0x1F916
        || (c >= 0x1F918 && c <= 0x1F922)
        || c == 0x1F927;
  }
}
