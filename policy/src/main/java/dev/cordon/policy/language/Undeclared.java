package dev.cordon.policy.language;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what is wrong with a name that no fact has, and which fact may have been meant. */
final class Undeclared {
  private static final Pattern ISSUE = Pattern.compile("undeclared reference to '(\\w+)'.*");
  private static final Pattern NAME = Pattern.compile("(\\w+(?:\\s*\\.\\s*\\w+)*)(\\s*\\()?");

  private Undeclared() {}

  /** The message, when the issue is about a name that stands at that place of the condition. */
  static Optional<String> describe(String issue, String source, int line, int column) {
    var undeclared = ISSUE.matcher(issue);
    var lines = source.lines().toList();
    if (!undeclared.matches() || line < 1 || line > lines.size()) {
      return Optional.empty();
    }
    var text = lines.get(line - 1);
    if (column >= text.length()) {
      return Optional.empty();
    }
    if (text.charAt(column) == '(') {
      return Optional.of("`" + undeclared.group(1) + "` is not a function");
    }
    var name = NAME.matcher(text).region(column, text.length());
    if (!name.lookingAt()) {
      return Optional.empty();
    }
    var written = name.group(1).replaceAll("\\s", "");
    if (name.group(2) != null && written.indexOf('.') >= 0) {
      written = written.substring(0, written.lastIndexOf('.'));
    }
    if (!written.split("\\.")[0].equals(undeclared.group(1))) {
      return Optional.empty();
    }
    return Optional.of("`" + written + "` is not a fact" + suggestion(written));
  }

  private static String suggestion(String written) {
    return PolicyLanguage.names().stream()
        .filter(
            name ->
                distance(name, written) <= Math.max(2, written.length() / 4)
                    || name.startsWith(written + "."))
        .min(
            Comparator.comparingInt((String name) -> distance(name, written))
                .thenComparing(Comparator.naturalOrder()))
        .map(name -> "; did you mean `" + name + "`")
        .orElse("");
  }

  /** How many letters must be changed, added or left out to get from one to the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
