package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import java.util.Set;

/** Offers the capability {@code object-detection}; the plugin has no settings. */
public final class ObjectDetectionFactory implements VisionPluginFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "object-detection",
          "0.2.0",
          PluginDescriptor.SPI_VERSION,
          "object-detection",
          Set.of(Permission.SIMILARITIES, Permission.PROPOSALS));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public VisionPlugin create(PluginSettings settings) {
    settings.requireOnly(DESCRIPTOR.id(), Set.of());
    return new ObjectDetectionPlugin();
  }
}
