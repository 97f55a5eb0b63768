package dev.cordon.core.catalog;

import dev.cordon.sandbox.pack.Versions;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPluginFactory;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The plugins that came with this host by capability; a capability has one plugin, and an SPI
 * version that does not match stops the start.
 */
@Startup
@ApplicationScoped
public class BuiltInPlugins {
  private final Map<String, LoadedPlugin> plugins = new TreeMap<>();

  public BuiltInPlugins() {
    for (VisionPluginFactory factory : ServiceLoader.load(VisionPluginFactory.class)) {
      PluginDescriptor descriptor = factory.descriptor();
      refuse(descriptor);
      LoadedPlugin loaded =
          new LoadedPlugin(descriptor, descriptor.id(), factory.create(PluginSettings.NONE));
      if (plugins.putIfAbsent(descriptor.capability(), loaded) != null) {
        throw new IllegalStateException(
            "two plugins offer the capability `" + descriptor.capability() + "`");
      }
    }
  }

  private static void refuse(PluginDescriptor descriptor) {
    if (!Versions.serves(PluginDescriptor.SPI_VERSION, descriptor.spiVersion())) {
      throw new IllegalStateException(
          "plugin `%s` was built for SPI version %s, this host has %s"
              .formatted(descriptor.id(), descriptor.spiVersion(), PluginDescriptor.SPI_VERSION));
    }
    if (!Versions.isSemantic(descriptor.version())) {
      throw new IllegalStateException(
          "version `%s` of plugin `%s` is not semantic, such as 1.4.2"
              .formatted(descriptor.version(), descriptor.id()));
    }
  }

  /** The plugin of a capability, if one came with the host; the caller returns it. */
  public Optional<LentPlugin> lend(String capability) {
    return Optional.ofNullable(plugins.get(capability)).flatMap(LoadedPlugin::lend);
  }

  /** What each says of itself, by capability. */
  public Collection<PluginDescriptor> descriptors() {
    return plugins.values().stream().map(LoadedPlugin::descriptor).toList();
  }

  @PreDestroy
  void close() {
    plugins.values().forEach(LoadedPlugin::close);
  }
}
