package dev.cordon.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteSignerTest {
  private static final String ORIGIN = "log.example.com/a";

  @TempDir Path folder;

  @Test
  void createsAKeyOnceForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("keys/log.key");
    NoteSigner created = NoteSigner.fromKeyFile(file, ORIGIN);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(created.vkey(), NoteSigner.fromKeyFile(file, ORIGIN).vkey());
    assertEquals(ORIGIN, created.origin());
    assertNotEquals(created.vkey(), NoteSigner.fromKeyFile(folder.resolve("other"), ORIGIN).vkey());
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void concurrentStartsAgreeOnOneKey() throws Exception {
    Path file = folder.resolve("log.key");
    Set<String> keys = new ConcurrentSkipListSet<>();
    Callable<Boolean> start = () -> keys.add(NoteSigner.fromKeyFile(file, ORIGIN).vkey());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> started : threads.invokeAll(Collections.nCopies(8, start))) {
        started.get();
      }
    }
    assertEquals(1, keys.size());
  }

  @Test
  void refusesTheKeyOfAnotherOrigin() throws IOException {
    Path file = folder.resolve("log.key");
    NoteSigner.fromKeyFile(file, ORIGIN);
    IOException refused =
        assertThrows(IOException.class, () -> NoteSigner.fromKeyFile(file, "other.example"));
    assertTrue(refused.getMessage().contains("`" + ORIGIN + "`"));
  }

  @Test
  void refusesAKeyFileOpenToOthers() throws IOException {
    Path file = folder.resolve("log.key");
    NoteSigner.fromKeyFile(file, ORIGIN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThrows(IOException.class, () -> NoteSigner.fromKeyFile(file, ORIGIN));
  }

  @Test
  void refusesADamagedKeyFile() throws IOException {
    Path file = folder.resolve("log.key");
    NoteSigner.fromKeyFile(file, ORIGIN);
    String line = Files.readString(file);
    char changed = line.charAt(60) == 'A' ? 'B' : 'A';
    for (String text :
        List.of(
            "",
            "\n",
            line.strip(),
            line + line,
            line.replace("PRIVATE", "PUBLIC"),
            line.substring(0, 60) + changed + line.substring(61),
            "x".repeat(5000) + "\n")) {
      Files.writeString(file, text);
      assertThrows(IOException.class, () -> NoteSigner.fromKeyFile(file, ORIGIN), text);
    }
  }
}
