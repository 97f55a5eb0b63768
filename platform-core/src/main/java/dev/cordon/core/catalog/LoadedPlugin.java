package dev.cordon.core.catalog;

import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.VisionPlugin;
import java.util.Optional;

/**
 * A ready plugin. Calls borrow it; once closed it is lent no more, and ends when its last borrower
 * has returned it. Thread-safe.
 */
final class LoadedPlugin implements AutoCloseable {
  private final PluginDescriptor descriptor;
  private final String key;
  private final VisionPlugin plugin;
  private int borrowed;
  private boolean closed;

  LoadedPlugin(PluginDescriptor descriptor, String key, VisionPlugin plugin) {
    this.descriptor = descriptor;
    this.key = key;
    this.plugin = plugin;
  }

  PluginDescriptor descriptor() {
    return descriptor;
  }

  /** Digest of the package, or the id of a plugin that came with the host. */
  String key() {
    return key;
  }

  VisionPlugin plugin() {
    return plugin;
  }

  synchronized Optional<LentPlugin> lend() {
    if (closed) {
      return Optional.empty();
    }
    borrowed++;
    return Optional.of(new LentPlugin(this));
  }

  void takeBack() {
    boolean last;
    synchronized (this) {
      borrowed--;
      last = closed && borrowed == 0;
    }
    if (last) {
      plugin.close();
    }
  }

  @Override
  public void close() {
    boolean last;
    synchronized (this) {
      last = !closed && borrowed == 0;
      closed = true;
    }
    if (last) {
      plugin.close();
    }
  }
}
