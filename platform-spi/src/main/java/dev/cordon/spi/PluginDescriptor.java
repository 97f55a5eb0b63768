package dev.cordon.spi;

import java.util.Set;

/**
 * Identity of a plugin: stable id, own version, SPI version it was built for, capability and
 * permissions.
 */
public record PluginDescriptor(
    String id, String version, int spiVersion, String capability, Set<Permission> permissions) {
  /** The SPI version of this host; a finding kind may be added only with a new one. */
  public static final int SPI_VERSION = 1;

  public PluginDescriptor {
    permissions = Set.copyOf(permissions);
  }
}
