package dev.cordon.spi;

import java.util.Set;

/**
 * Identity of a plugin: stable id, own version (semantic, such as 1.4.2), SPI version it was built
 * for, capability and permissions.
 */
public record PluginDescriptor(
    String id, String version, String spiVersion, String capability, Set<Permission> permissions) {
  /**
   * The SPI version of this host, major and minor. A host serves plugins built for its own major
   * and at most its own minor; a finding kind may be added only with a new major.
   */
  public static final String SPI_VERSION = "1.1";

  public PluginDescriptor {
    permissions = Set.copyOf(permissions);
  }
}
