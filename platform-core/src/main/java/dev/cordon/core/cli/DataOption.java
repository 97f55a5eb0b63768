package dev.cordon.core.cli;

import dev.cordon.core.config.ConfigKeys;
import dev.cordon.core.config.CordonConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder that a command works on. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the host's data (default: ./data, or CORDON_DATA)")
  private Path data;

  /** The configuration with the option applied. */
  CordonConfig config() {
    if (data != null) {
      System.setProperty("cordon.data", data.toString());
    }
    return ConfigKeys.read();
  }
}
