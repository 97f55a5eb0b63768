package dev.cordon.spi;

import java.util.Map;

/** An operator's settings for one plugin: names and plain string values. */
public record PluginSettings(Map<String, String> values) {
  /** No settings: the plugin's defaults. */
  public static final PluginSettings NONE = new PluginSettings(Map.of());

  public PluginSettings {
    values = Map.copyOf(values);
  }
}
