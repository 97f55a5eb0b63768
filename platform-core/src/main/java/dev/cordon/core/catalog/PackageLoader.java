package dev.cordon.core.catalog;

import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.sandbox.wasm.SandboxLimits;
import dev.cordon.sandbox.wasm.WasmPluginFactory;
import dev.cordon.spi.PluginSettings;
import jakarta.inject.Singleton;

/** Makes a ready plugin of the bytes in the registry, which are verified again before. */
@Singleton
public class PackageLoader {
  private final PluginRegistry registry;
  private final PluginTrust trust;
  private final Trips trips;

  public PackageLoader(PluginRegistry registry, PluginTrust trust, Trips trips) {
    this.registry = registry;
    this.trust = trust;
    this.trips = trips;
  }

  /** Checks and compiles a module, and gives every setting its default. */
  public static WasmPluginFactory compile(PluginPackage pack, Trips trips)
      throws PluginPackageException {
    WasmPluginFactory factory = WasmPluginFactory.of(pack, SandboxLimits.DEFAULT, trips::tripped);
    try {
      factory.create(PluginSettings.NONE).close();
    } catch (IllegalArgumentException e) {
      throw new PluginPackageException(Reason.MALFORMED, e.getMessage(), e);
    }
    return factory;
  }

  /** The package with that digest, ready to answer. */
  LoadedPlugin load(String digest) throws PluginPackageException {
    byte[] content =
        registry
            .content(digest)
            .orElseThrow(
                () -> new PluginPackageException(Reason.UNREADABLE, "the package was removed"));
    PluginPackage pack = PluginPackage.open(content, trust.publishers());
    if (!pack.digest().equals(digest)) {
      throw new PluginPackageException(Reason.CHANGED, "the package is not the one installed");
    }
    WasmPluginFactory factory = compile(pack, trips);
    return new LoadedPlugin(factory.descriptor(), digest, factory.create(PluginSettings.NONE));
  }

  /** Whether it could be loaded now; says why not. */
  public void tryOut(String digest) throws PluginPackageException {
    load(digest).close();
  }
}
