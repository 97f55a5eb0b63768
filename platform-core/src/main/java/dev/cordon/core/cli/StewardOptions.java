package dev.cordon.core.cli;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.core.identity.Role;
import dev.cordon.core.wiring.RunFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which host, and as whom: a demo identity of its data folder, or a token from elsewhere. */
final class StewardOptions {
  @Mixin private DataOption data;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "whom the demo identity speaks of; what takes two persons takes two names")
  private String subject;

  @Option(names = "--tenant", paramLabel = "T", defaultValue = "demo")
  private String tenant;

  @Option(names = "--host", paramLabel = "URL", description = "a host elsewhere; needs --token")
  private URI host;

  @Option(
      names = "--token",
      paramLabel = "FILE",
      description = "a bearer token of your identity provider, role plugin-steward")
  private Path token;

  HostClient host() throws IOException {
    if (token != null) {
      return new HostClient(host == null ? running() : host, Files.readString(token).strip());
    }
    if (host != null) {
      throw new IllegalArgumentException("a host elsewhere takes a token: give --token");
    }
    URI running = running();
    CordonConfig config = data.config();
    if (!run(config).demo()) {
      throw new IllegalStateException("this host has no demo identity: give --token");
    }
    return new HostClient(
        running,
        DemoIdentity.open(config.data())
            .token(subject, tenant, Set.of(Role.PLUGIN_STEWARD), config.identity().audience()));
  }

  private URI running() throws IOException {
    RunFile run = run(data.config());
    String bind = run.bind().contains(":") ? "[" + run.bind() + "]" : run.bind();
    return URI.create("http://" + bind + ":" + run.port());
  }

  private static RunFile run(CordonConfig config) throws IOException {
    return RunFile.read(config.data())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no host is running on `"
                        + config.data()
                        + "`; start one with `./cordon run`"));
  }
}
