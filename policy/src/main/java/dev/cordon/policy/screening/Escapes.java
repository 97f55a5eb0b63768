package dev.cordon.policy.screening;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Undoes HTML entities and the backslash escapes of programming languages, once. */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "&#[xX]0*([0-9A-Fa-f]{1,6});?|&#0*([0-9]{1,7});?|&([A-Za-z]{2,24});"
              + "|\\\\u\\{0*([0-9A-Fa-f]{1,6})}|\\\\u+([0-9A-Fa-f]{4})|\\\\U([0-9A-Fa-f]{8})"
              + "|\\\\x([0-9A-Fa-f]{2})");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ensp", " "),
          Map.entry("emsp", " "),
          Map.entry("thinsp", " "),
          Map.entry("Tab", " "),
          Map.entry("NewLine", " "),
          Map.entry("hyphen", "-"),
          Map.entry("dash", "-"),
          Map.entry("szlig", "ss"),
          Map.entry("aelig", "ae"),
          Map.entry("oelig", "oe"));

  /** Entities of one letter with an accent, which would be folded away anyhow. */
  private static final Pattern ACCENTED =
      Pattern.compile(
          "([A-Za-z])(?:acute|grave|circ|uml|tilde|ring|cedil|caron|slash|macr|breve|dot|ogon"
              + "|strok|opf|scr|fr)");

  private Escapes() {}

  static String plain(String text) {
    return text.indexOf('&') < 0 && text.indexOf('\\') < 0
        ? text
        : ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(plain(match)));
  }

  private static String plain(MatchResult match) {
    for (int group = 1; group <= match.groupCount(); group++) {
      var value = match.group(group);
      if (value != null && group == 3) {
        return named(value);
      }
      if (value != null) {
        int c = Integer.parseUnsignedInt(value, group == 2 ? 10 : 16);
        return Character.isValidCodePoint(c) ? Character.toString(c) : "";
      }
    }
    return match.group();
  }

  private static String named(String name) {
    var accented = ACCENTED.matcher(name);
    // Whatever else has a name, such as a soft hyphen, is no letter; it may stand within a word.
    return accented.matches() ? accented.group(1) : NAMED.getOrDefault(name, "");
  }
}
