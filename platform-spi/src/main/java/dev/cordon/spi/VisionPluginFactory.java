package dev.cordon.spi;

/**
 * Found with {@link java.util.ServiceLoader}, or adapted from a WebAssembly package; creates ready
 * plugins.
 */
public interface VisionPluginFactory {
  /** Says what the plugin is, without creating it. */
  PluginDescriptor descriptor();

  /** Creates a plugin that can answer at once; refuses settings it does not know. */
  VisionPlugin create(PluginSettings settings);
}
