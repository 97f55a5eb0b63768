package dev.cordon.core.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A publisher's way: a key, a signature, a check. */
class PluginsCommandTest {
  /** One memory, and an entry that returns 0. */
  private static final byte[] MODULE =
      Base64.getDecoder()
          .decode("AGFzbQEAAAABBQFgAAF/AwIBAAUDAQABBxQCBm1lbW9yeQIAB2FuYWx5c2UAAAoGAQQAQQAL");

  @TempDir private Path home;

  private int run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return new CommandLine(new PluginsCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> 1)
        .execute(words);
  }

  @Test
  void aKeySignsAPackageThatThenVerifies() throws Exception {
    Path pack = Files.createDirectory(home.resolve("package"));
    Files.write(pack.resolve("probe.wasm"), MODULE);
    Files.writeString(
        pack.resolve("plugin.json"),
        """
        {"id": "probe", "version": "1.0.0", "spi": "1.0", "capability": "probe",
         "title": "A probe", "licence": "Apache-2.0", "publisher": "acme", "wasm": "probe.wasm"}
        """);
    Path key = home.resolve("acme.key");
    Path trust = Files.createDirectory(home.resolve("trust"));
    assertEquals(1, run("sign", pack, "--key", key));
    assertEquals(0, run("keygen", key));
    assertEquals(1, run("keygen", key));
    assertEquals(0, run("sign", pack, "--key", key));
    assertTrue(Files.exists(pack.resolve("plugin.sig")));
    assertEquals(1, run("verify", pack, "--trust", trust));
    Files.copy(home.resolve("acme.key.pub"), trust.resolve("acme.pub"));
    assertEquals(0, run("verify", pack, "--trust", trust));
    Files.writeString(pack.resolve("more.txt"), "more");
    assertEquals(1, run("verify", pack, "--trust", trust));
  }
}
