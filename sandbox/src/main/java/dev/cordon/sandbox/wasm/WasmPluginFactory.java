package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.pack.PluginManifest;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;

/** Makes ordinary plugins of a package; its module is checked and compiled once. */
public final class WasmPluginFactory implements VisionPluginFactory {
  private final PluginManifest manifest;
  private final String digest;
  private final GuestModule module;
  private final SandboxLimits limits;
  private final TripListener listener;

  private WasmPluginFactory(
      PluginManifest manifest,
      String digest,
      GuestModule module,
      SandboxLimits limits,
      TripListener listener) {
    this.manifest = manifest;
    this.digest = digest;
    this.module = module;
    this.limits = limits;
    this.listener = listener;
  }

  /** Refuses a module that holds or imports what no plugin needs. No code of it runs here. */
  public static WasmPluginFactory of(
      PluginPackage pack, SandboxLimits limits, TripListener listener)
      throws PluginPackageException {
    GuestModule module =
        GuestModule.of(pack.wasm(), pack.manifest().permissions(), limits.memoryPages());
    return new WasmPluginFactory(pack.manifest(), pack.digest(), module, limits, listener);
  }

  @Override
  public PluginDescriptor descriptor() {
    return manifest.descriptor();
  }

  @Override
  public VisionPlugin create(PluginSettings settings) {
    return new WasmPlugin(module, manifest.complete(settings), limits, this::tell);
  }

  private void tell(Trip.Kind kind) {
    listener.tripped(new Trip(kind, manifest.id(), manifest.version(), digest));
  }
}
