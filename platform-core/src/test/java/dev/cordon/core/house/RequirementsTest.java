package dev.cordon.core.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of requirements names exactly the tests that carry each id. */
class RequirementsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(R\\d{2})\"\\)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (R\\d{2}) \\|[^|]*\\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void namesTheTestsThatCarryEachTag() throws IOException {
    Map<String, Set<String>> tagged = tagged();
    Map<String, Set<String>> documented = documented();
    Set<String> wrong = new TreeSet<>();
    Stream.concat(tagged.keySet().stream(), documented.keySet().stream())
        .filter(id -> !Objects.equals(tagged.get(id), documented.get(id)))
        .forEach(id -> wrong.add(id + " is shown by " + tagged.get(id)));
    assertEquals(Set.of(), wrong);
  }

  @Test
  void saysOfEachRequirementHowFarItIsShown() throws IOException {
    Matcher rows = ROW.matcher(table());
    int count = 0;
    while (rows.find()) {
      count++;
      String state = rows.group(3).strip();
      assertTrue(
          state.equals("shown") || state.equals("later") || state.startsWith("partly: "),
          rows.group());
      assertTrue(!state.equals("shown") || !rows.group(2).isBlank(), rows.group());
    }
    assertEquals(54, count);
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (MatchResult row : ROW.matcher(table()).results().toList()) {
      Set<String> names =
          NAME.matcher(row.group(2))
              .results()
              .map(name -> name.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!names.isEmpty()) {
        documented.put(row.group(1), names);
      }
    }
    return documented;
  }

  private static Map<String, Set<String>> tagged() throws IOException {
    Map<String, Set<String>> tagged = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(path -> path.toString().contains("/src/test/java/"))
              .filter(path -> path.toString().endsWith(".java"))
              .toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        TAG.matcher(Files.readString(file))
            .results()
            .forEach(tag -> tagged.computeIfAbsent(tag.group(1), id -> new TreeSet<>()).add(name));
      }
    }
    return tagged;
  }

  private static String table() throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve("requirements.md"));
  }
}
