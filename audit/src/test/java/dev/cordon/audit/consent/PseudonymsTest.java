package dev.cordon.audit.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R39")
class PseudonymsTest {
  /** Computed with another implementation. */
  private static final String EXPECTED =
      "b0d7ec33a6e7fb6ee2aba431be2470d254604629a89c6805efe634a6515eb9df";

  @TempDir Path folder;

  @Test
  void isTheHmacOfTenantLengthTenantAndSubject() throws IOException {
    Path file = folder.resolve("pseudonyms.key");
    Pseudonyms.fromKeyFile(file);
    Files.writeString(file, "00".repeat(32) + "\n");
    assertEquals(EXPECTED, Pseudonyms.fromKeyFile(file).of("demo", "customer-17"));
  }

  @Test
  void staysTheSameAcrossStartsAndDiffersBetweenKeys() throws IOException {
    Path file = folder.resolve("a.key");
    String first = Pseudonyms.fromKeyFile(file).of("demo", "customer-17");
    assertTrue(first.matches("[0-9a-f]{64}"));
    assertEquals(first, Pseudonyms.fromKeyFile(file).of("demo", "customer-17"));
    Pseudonyms other = Pseudonyms.fromKeyFile(folder.resolve("b.key"));
    assertNotEquals(first, other.of("demo", "customer-17"));
  }

  @Test
  void separatesTenants() throws IOException {
    Pseudonyms pseudonyms = Pseudonyms.fromKeyFile(folder.resolve("a.key"));
    assertNotEquals(pseudonyms.of("a", "customer"), pseudonyms.of("b", "customer"));
    assertNotEquals(pseudonyms.of("ab", "c"), pseudonyms.of("a", "bc"));
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Pseudonyms pseudonyms = Pseudonyms.fromKeyFile(folder.resolve("a.key"));
    assertThrows(IllegalArgumentException.class, () -> pseudonyms.of("", "s"));
    assertThrows(IllegalArgumentException.class, () -> pseudonyms.of("t", ""));
    assertThrows(IllegalArgumentException.class, () -> pseudonyms.of("t", "\ud800"));
  }

  @Test
  void refusesADamagedKeyFile() throws IOException {
    Path file = folder.resolve("a.key");
    Pseudonyms.fromKeyFile(file);
    Files.writeString(file, "not a key\n");
    assertThrows(IOException.class, () -> Pseudonyms.fromKeyFile(file));
  }
}
