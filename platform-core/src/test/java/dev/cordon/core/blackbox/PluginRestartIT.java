package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was enabled, when the host comes back. */
class PluginRestartIT {
  @TempDir Path data;

  @Test
  @Tag("R52")
  void answersFromTheFirstCallOnAndCanBeStoppedWhateverThePolicySays() throws Exception {
    PluginPackages packages = new PluginPackages(data);
    String digest;
    try (HostProcess host = HostProcess.start(data)) {
      PluginClient client = new PluginClient(host, packages);
      digest = client.enabled(packages.labelMatch("1.0.0", "0"));
    }
    try (HostProcess host = HostProcess.start(data)) {
      PluginClient client = new PluginClient(host, packages);
      assertEquals(200, client.ask("label-match").statusCode());
    }
    // No publisher is trusted any more, and a file that is no key lies among the keys.
    Files.delete(data.resolve("plugins/trust/acme.pub"));
    Files.writeString(data.resolve("plugins/trust/notes.pub"), "no key");
    PluginPackages.forget(data);
    try (HostProcess host = HostProcess.start(data)) {
      PluginClient client = new PluginClient(host, packages);
      assertEquals(503, client.ask("label-match").statusCode());
      client.decide("eva", digest, "disable").statusCode(200);
      assertEquals(404, client.ask("label-match").statusCode());
      client.remove("eva", digest).statusCode(200);
    }
  }
}
