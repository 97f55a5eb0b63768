package dev.cordon.spi;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An operator's settings for one plugin: names and plain string values. */
public record PluginSettings(Map<String, String> values) {
  /** No settings: the plugin's defaults. */
  public static final PluginSettings NONE = new PluginSettings(Map.of());

  public PluginSettings {
    values = Map.copyOf(values);
  }

  /**
   * These settings, if the plugin knows each of them; otherwise an {@link IllegalArgumentException}
   * that names the first it does not know, in alphabetical order.
   */
  public PluginSettings requireOnly(String plugin, Set<String> known) {
    for (String name : new TreeSet<>(values.keySet())) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(plugin + " has no setting `" + name + "`");
      }
    }
    return this;
  }
}
