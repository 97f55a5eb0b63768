package dev.cordon.core.catalog;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.PluginLeaf;
import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.spi.PluginDescriptor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The packages that this host has loaded, and where each answers, as the registry said when it was
 * last read. One that is replaced ends when its last call has ended.
 */
@ApplicationScoped
public class PackagePlugins {
  private static final Logger LOG = Logger.getLogger(PackagePlugins.class);

  /** No registry has this epoch, so the next look reads it again. */
  private static final long AGAIN = -1;

  private static final View UNREAD = new View(AGAIN, Map.of(), Set.of(), Map.of());

  private final PluginRegistry registry;
  private final PackageLoader loader;
  private final AuditWriter audit;
  private final Clock clock;
  private volatile View view = UNREAD;

  /** What answers where; a digest that is enabled and not loaded cannot be loaded here. */
  private record View(
      long epoch,
      Map<Place, String> enabled,
      Set<String> killed,
      Map<String, LoadedPlugin> loaded) {}

  public PackagePlugins(
      PluginRegistry registry, PackageLoader loader, AuditWriter audit, Clock clock) {
    this.registry = registry;
    this.loader = loader;
    this.audit = audit;
    this.clock = clock;
  }

  /** The package that answers at a place, if one is enabled there; the caller returns it. */
  Optional<LentPlugin> lend(Place place) {
    while (true) {
      View now = view;
      String digest = now.enabled().get(place);
      if (now == UNREAD) {
        throw Problem.of(
            Code.PLUGIN_UNAVAILABLE, "this host has not read the plugin catalogue yet; try again");
      }
      if (digest == null) {
        return Optional.empty();
      }
      LoadedPlugin loaded = now.loaded().get(digest);
      if (loaded == null) {
        throw Problem.of(
            Code.PLUGIN_UNAVAILABLE, "the plugin was stopped, or cannot be loaded on this host");
      }
      Optional<LentPlugin> lent = loaded.lend();
      if (lent.isPresent() || now == view) {
        return lent;
      }
      // It was replaced between the look and the loan.
    }
  }

  /** Whether the switch of a plugin or package is pulled, as far as this host has heard. */
  boolean isKilled(String name) {
    return view.killed().contains(name);
  }

  /** What answers for a tenant, whatever the purpose. */
  List<PluginDescriptor> descriptors(String tenant) {
    View now = view;
    return now.enabled().entrySet().stream()
        .filter(entry -> entry.getKey().tenant().equals(tenant))
        .map(entry -> now.loaded().get(entry.getValue()))
        .filter(loaded -> loaded != null)
        .map(LoadedPlugin::descriptor)
        .distinct()
        .toList();
  }

  /** Follows the registry if it has changed since it was read. */
  void follow() {
    if (registry.epoch() != view.epoch()) {
      refresh();
    }
  }

  /** Reads the registry, loads what is new, and only then lets go of what no longer answers. */
  public synchronized void refresh() {
    // INVARIANT: read before all else, so that a change meanwhile is seen at the next look.
    long epoch = registry.epoch();
    Map<Place, String> enabled =
        registry.enablements().stream()
            .collect(Collectors.toMap(Enablement::place, Enablement::digest));
    Set<String> killed = registry.kills().stream().map(Kill::name).collect(Collectors.toSet());
    Map<String, InstalledPackage> known =
        registry.all().stream()
            .collect(Collectors.toMap(InstalledPackage::digest, Function.identity()));
    Map<String, LoadedPlugin> before = view.loaded();
    Map<String, LoadedPlugin> loaded = new HashMap<>();
    boolean whole = true;
    for (String digest : Set.copyOf(enabled.values())) {
      InstalledPackage entry = known.get(digest);
      if (entry == null || killed.contains(digest) || killed.contains(entry.id())) {
        continue;
      }
      LoadedPlugin ready = before.get(digest);
      try {
        Optional<LoadedPlugin> one = ready == null ? load(entry) : Optional.of(ready);
        one.ifPresent(plugin -> loaded.put(digest, plugin));
      } catch (RuntimeException | LinkageError e) {
        // One that cannot be loaded now keeps no other from being stopped or started.
        LOG.errorf("plugin package `%s` cannot be loaded now: %s", digest, e.getMessage());
        whole = false;
      }
    }
    view = new View(whole ? epoch : AGAIN, enabled, killed, Map.copyOf(loaded));
    before.values().stream()
        .filter(old -> loaded.get(old.key()) != old)
        .forEach(LoadedPlugin::close);
  }

  private Optional<LoadedPlugin> load(InstalledPackage entry) {
    try {
      LoadedPlugin loaded = loader.load(entry.digest());
      try {
        audit.write(
            PluginLeaf.loaded(
                clock.instant(), PluginLeaf.name(entry.id(), entry.version(), entry.digest())));
      } catch (RuntimeException e) {
        loaded.close();
        throw e;
      }
      return Optional.of(loaded);
    } catch (PluginPackageException e) {
      LOG.errorf("plugin package `%s` cannot be loaded: %s", entry.digest(), e.getMessage());
      return Optional.empty();
    }
  }

  @PreDestroy
  synchronized void close() {
    Map<String, LoadedPlugin> last = view.loaded();
    view = UNREAD;
    last.values().forEach(LoadedPlugin::close);
  }
}
