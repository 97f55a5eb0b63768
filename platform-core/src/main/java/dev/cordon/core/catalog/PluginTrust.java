package dev.cordon.core.catalog;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.sandbox.pack.TrustedPublishers;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** Whose packages and whose evaluations this host believes, as their folders say now. */
@Singleton
public class PluginTrust {
  private final Path publishers;
  private final Path evaluators;

  public PluginTrust(CordonConfig config) {
    Path plugins = config.data().resolve("plugins");
    this.publishers = config.catalog().trust().orElse(plugins.resolve("trust"));
    this.evaluators = config.catalog().evaluators().orElse(plugins.resolve("evaluators"));
  }

  /** Who may sign packages. */
  public TrustedPublishers publishers() {
    return read(publishers);
  }

  /** Who may sign evaluations. */
  public TrustedPublishers evaluators() {
    return read(evaluators);
  }

  private static TrustedPublishers read(Path folder) {
    try {
      return TrustedPublishers.read(folder);
    } catch (IOException e) {
      throw Problem.of(Code.PLUGIN_UNAVAILABLE, "the trusted keys cannot be read", e);
    }
  }
}
