package dev.cordon.core.blackbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a test writes into {@code DATA/routing} and {@code DATA/policy}. */
final class RoutingFolder {
  private final Path folder;
  private final StringBuilder targets = new StringBuilder("targets:\n");

  RoutingFolder(Path data) throws IOException {
    this.folder = Files.createDirectories(data.resolve("routing"));
  }

  /** A target that takes anybody's calls, with more lines of YAML for what it differs in. */
  RoutingFolder target(String id, URI url, String packages, String... more) {
    targets.append(
        """
          - id: %s
            url: %s
            region: EU
            data_classes: [unclassified]
            packages: { %s }
        """
            .formatted(id, url, packages));
    for (String usual : List.of("canary: PT1S", "tenants: [demo, acme]")) {
      String key = usual.substring(0, usual.indexOf(' '));
      if (Stream.of(more).noneMatch(line -> line.startsWith(key))) {
        targets.append("    ").append(usual).append('\n');
      }
    }
    for (String line : more) {
      targets.append("    ").append(line).append('\n');
    }
    return this;
  }

  void write(String... more) throws IOException {
    Files.writeString(folder.resolve("targets.yaml"), targets + String.join("\n", more) + "\n");
  }
}
