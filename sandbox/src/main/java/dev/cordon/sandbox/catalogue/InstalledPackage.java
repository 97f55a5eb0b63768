package dev.cordon.sandbox.catalogue;

import dev.cordon.sandbox.pack.PluginManifest;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.spi.Permission;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A package in the registry.
 *
 * @param digest of its signed statement
 * @param signer id of the key that signed it
 * @param installedBy pseudonym of who installed it
 * @param trips how often its instances were ended since it was installed or revived
 */
public record InstalledPackage(
    String digest,
    String id,
    String version,
    String capability,
    Set<Permission> permissions,
    String publisher,
    String signer,
    State state,
    String installedBy,
    Instant installedAt,
    int trips) {
  /** How far a package has come. */
  public enum State {
    /** Waits for a review. */
    INSTALLED,
    /** Somebody reviewed it; it may be enabled. */
    REVIEWED,
    /** Its bytes are gone. */
    REMOVED;

    /** The name in lower case, as the API has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public InstalledPackage {
    permissions = Set.copyOf(permissions);
  }

  /** A verified package, waiting for review. */
  public static InstalledPackage of(PluginPackage pack, String by, Instant at) {
    PluginManifest manifest = pack.manifest();
    return new InstalledPackage(
        pack.digest(),
        manifest.id(),
        manifest.version(),
        manifest.capability(),
        manifest.permissions(),
        manifest.publisher(),
        pack.signer(),
        State.INSTALLED,
        by,
        at,
        0);
  }

  /** Id and version as they stand in the leaf of a call. */
  public String name() {
    return id + "@" + version;
  }
}
