package dev.cordon.core.catalog;

import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.VisionPlugin;
import java.util.concurrent.atomic.AtomicBoolean;

/** A plugin for the length of one call; closing it more than once does nothing more. */
public final class LentPlugin implements AutoCloseable {
  private final LoadedPlugin loaded;
  private final AtomicBoolean returned = new AtomicBoolean();

  LentPlugin(LoadedPlugin loaded) {
    this.loaded = loaded;
  }

  public PluginDescriptor descriptor() {
    return loaded.descriptor();
  }

  public VisionPlugin plugin() {
    return loaded.plugin();
  }

  /** Id and version as they stand in a leaf. */
  public String name() {
    return descriptor().id() + "@" + descriptor().version();
  }

  /** Digest of the package, or the id of a plugin that came with the host. */
  public String key() {
    return loaded.key();
  }

  @Override
  public void close() {
    if (!returned.getAndSet(true)) {
      loaded.takeBack();
    }
  }
}
