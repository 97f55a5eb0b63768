package dev.cordon.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  private static final Path FILE = Path.of("api.txt");
  private static final String UPDATE = "cordon.api.update";

  /** What a plugin would see of a type with parts that the API file must and must not show. */
  public sealed interface Shape {
    int SIDES = 4;

    record Square(List<String> names) implements Shape {
      private void hidden() {}
    }
  }

  @Test
  void isWhatTheApiFileSays() throws Exception {
    List<String> now = RenderedApi.ofPackage();
    if (Boolean.getBoolean(UPDATE)) {
      Files.write(FILE, now);
    }
    assertEquals("", difference(Files.readAllLines(FILE), now));
  }

  private static String difference(List<String> promised, List<String> now) {
    if (promised.equals(now)) {
      return "";
    }
    var gone = new TreeSet<>(promised);
    now.forEach(gone::remove);
    var added = new TreeSet<>(now);
    promised.forEach(added::remove);
    return Stream.concat(gone.stream().map(line -> "- " + line), added.stream().map("+ "::concat))
        .collect(
            Collectors.joining(
                "\n",
                "the public API differs from platform-spi/api.txt:\n",
                "\nif plugins built before keep working, or SPI_VERSION was raised, accept it with"
                    + "\n  ./mvnw -pl platform-spi test -D"
                    + UPDATE
                    + "=true\nand commit api.txt"));
  }

  @Test
  void namesWhatWasRemovedAndAddedAndHowToAcceptIt() {
    String difference = difference(List.of("a", "b"), List.of("b", "c"));
    assertTrue(difference.contains("\n- a\n+ c\n"), difference);
    assertTrue(difference.contains("-Dcordon.api.update=true"), difference);
    assertTrue(difference(List.of("b", "a"), List.of("a", "b")).contains("api.txt"));
  }

  @Test
  void showsConstantsComponentsAndPermittedTypesButNothingPrivate() {
    String shape = String.join("\n", RenderedApi.ofType(Shape.class));
    assertTrue(shape.contains("SIDES = 4"), shape);
    assertTrue(shape.contains("permits dev.cordon.spi.PublicApiTest$Shape$Square"), shape);
    String square = String.join("\n", RenderedApi.ofType(Shape.Square.class));
    assertTrue(square.contains("(java.util.List<java.lang.String> names)"), square);
    assertEquals(-1, square.indexOf("hidden"));
    assertEquals(-1, square.indexOf("hashCode"));
  }
}
