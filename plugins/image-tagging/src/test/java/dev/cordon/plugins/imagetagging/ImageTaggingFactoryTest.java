package dev.cordon.plugins.imagetagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPluginFactory;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageTaggingFactoryTest {
  @Test
  void isFoundByTheServiceLoader() {
    var factories = ServiceLoader.load(VisionPluginFactory.class).stream().toList();
    assertEquals(1, factories.size());
    var factory = factories.getFirst().get();
    assertEquals(
        new PluginDescriptor(
            "image-tagging", "0.1.0", "1.1", "image-tagging", Set.of(Permission.SIMILARITIES)),
        factory.descriptor());
    try (var plugin = factory.create(PluginSettings.NONE)) {
      assertInstanceOf(ImageTaggingPlugin.class, plugin);
    }
  }

  @Test
  void refusesASettingItDoesNotKnowAndNamesIt() {
    var settings = new PluginSettings(Map.of("tempreature", "2"));
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new ImageTaggingFactory().create(settings));
    assertEquals("image-tagging has no setting `tempreature`", refusal.getMessage());
  }
}
