package dev.cordon.sandbox.pack;

import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code plugin.json} says.
 *
 * @param id lower case with hyphens
 * @param version semantic
 * @param spiVersion SPI that it was built for, major and minor
 * @param title one line for people
 * @param permissions {@link Permission#SIMILARITIES} among them
 * @param licence SPDX expression
 * @param publisher name under which the signer is trusted
 * @param wasm file that holds the module
 */
public record PluginManifest(
    String id,
    String version,
    String spiVersion,
    String capability,
    String title,
    Set<Permission> permissions,
    List<Setting> settings,
    String licence,
    String publisher,
    String wasm) {
  public PluginManifest {
    permissions = Set.copyOf(permissions);
    settings = List.copyOf(settings);
  }

  /** What the plugin says of itself to the host. */
  public PluginDescriptor descriptor() {
    return new PluginDescriptor(id, version, spiVersion, capability, permissions);
  }

  /**
   * The value of every setting, in the order of names: as given or by default. A setting that is
   * unknown, missing or wrong is an {@link IllegalArgumentException} that names it.
   */
  public SortedMap<String, String> complete(PluginSettings given) {
    given.requireOnly(id, settings.stream().map(Setting::name).collect(Collectors.toSet()));
    SortedMap<String, String> values = new TreeMap<>();
    for (Setting setting : settings) {
      String value = value(setting, given.values());
      if (value == null) {
        throw new IllegalArgumentException(id + " needs the setting `" + setting.name() + "`");
      }
      setting
          .fault(value)
          .ifPresent(
              fault -> {
                throw new IllegalArgumentException(
                    "setting `" + setting.name() + "` of " + id + " " + fault);
              });
      values.put(setting.name(), value);
    }
    return values;
  }

  private static String value(Setting setting, Map<String, String> given) {
    return given.getOrDefault(setting.name(), setting.fallback());
  }
}
