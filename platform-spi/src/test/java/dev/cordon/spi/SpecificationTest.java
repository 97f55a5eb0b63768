package dev.cordon.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.example.textmatch.TextMatchFactory;
import org.junit.jupiter.api.Test;

class SpecificationTest {
  private static final Path EXAMPLE =
      Path.of("src/test/java/org/example/textmatch/TextMatchFactory.java");

  private static String specification() throws Exception {
    return Files.readString(Path.of("SPEC.md"));
  }

  @Test
  void opensWithThePluginThatTheBuildCompiles() throws Exception {
    var block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(specification());
    assertTrue(block.find());
    assertEquals(Files.readString(EXAMPLE), block.group(1), "copy the file into SPEC.md");
  }

  @Test
  void theExampleCanBeCreatedWithoutSettings() {
    var factory = new TextMatchFactory();
    assertEquals(PluginDescriptor.SPI_VERSION, factory.descriptor().spiVersion());
    factory.create(PluginSettings.NONE).close();
  }

  @Test
  void saysWhenToUseEachErrorKindAndEachPermission() throws Exception {
    String text = specification();
    for (var kind : PluginException.Kind.values()) {
      assertTrue(text.contains("| `" + kind + "` |"), kind.name());
    }
    for (var permission : Permission.values()) {
      assertTrue(text.contains("| `" + permission + "` |"), permission.name());
    }
    assertEquals(5, Finding.class.getPermittedSubclasses().length);
    for (String kind :
        Arrays.stream(Finding.class.getPermittedSubclasses()).map(Class::getSimpleName).toList()) {
      assertTrue(text.contains("`" + kind), kind);
    }
  }
}
