package dev.cordon.plugins.imagetagging;

import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import java.util.Set;

/** Offers the capability {@code image-tagging}; the plugin has no settings. */
public final class ImageTaggingFactory implements VisionPluginFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "image-tagging",
          "0.1.0",
          PluginDescriptor.SPI_VERSION,
          "image-tagging",
          Set.of(Permission.SIMILARITIES));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public VisionPlugin create(PluginSettings settings) {
    settings.requireOnly(DESCRIPTOR.id(), Set.of());
    return new ImageTaggingPlugin();
  }
}
