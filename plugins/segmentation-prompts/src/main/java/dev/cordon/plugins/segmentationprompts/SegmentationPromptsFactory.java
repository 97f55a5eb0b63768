package dev.cordon.plugins.segmentationprompts;

import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import java.util.Set;
import java.util.TreeSet;

/** Offers the capability {@code segmentation-prompts}; the plugin has no settings. */
public final class SegmentationPromptsFactory implements VisionPluginFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "segmentation-prompts",
          "0.1.0",
          PluginDescriptor.SPI_VERSION,
          "segmentation-prompts",
          Set.of(Permission.SIMILARITIES));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public VisionPlugin create(PluginSettings settings) {
    if (!settings.values().isEmpty()) {
      String unknown = new TreeSet<>(settings.values().keySet()).first();
      throw new IllegalArgumentException("segmentation-prompts has no setting `" + unknown + "`");
    }
    return new SegmentationPromptsPlugin();
  }
}
