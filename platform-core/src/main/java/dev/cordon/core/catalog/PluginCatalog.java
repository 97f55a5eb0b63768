package dev.cordon.core.catalog;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The plugins of this host by capability; a capability has one plugin, and an SPI version that does
 * not match stops the start.
 */
@Startup
@ApplicationScoped
public class PluginCatalog {
  private final Map<String, InstalledPlugin> plugins = new TreeMap<>();

  /** A ready plugin with what it says of itself. */
  public record InstalledPlugin(PluginDescriptor descriptor, VisionPlugin plugin) {
    /** Id and version as they stand in a leaf. */
    public String name() {
      return descriptor.id() + "@" + descriptor.version();
    }
  }

  public PluginCatalog() {
    for (VisionPluginFactory factory : ServiceLoader.load(VisionPluginFactory.class)) {
      PluginDescriptor descriptor = factory.descriptor();
      refuse(descriptor);
      InstalledPlugin installed =
          new InstalledPlugin(descriptor, factory.create(PluginSettings.NONE));
      if (plugins.putIfAbsent(descriptor.capability(), installed) != null) {
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

  /** The plugin of a capability. */
  public InstalledPlugin find(String capability) {
    InstalledPlugin found = plugins.get(capability);
    if (found == null) {
      throw Problem.at(
          "request.capability",
          Code.CAPABILITY_UNKNOWN,
          "this host offers " + String.join(", ", plugins.keySet()));
    }
    return found;
  }

  /** What each plugin says of itself, by capability. */
  public List<PluginDescriptor> descriptors() {
    return plugins.values().stream().map(InstalledPlugin::descriptor).toList();
  }

  @PreDestroy
  void close() {
    plugins.values().forEach(installed -> installed.plugin().close());
  }
}
