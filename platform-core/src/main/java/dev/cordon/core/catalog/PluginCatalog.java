package dev.cordon.core.catalog;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.spi.PluginDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which plugin answers: one that came with the host, or the package that is enabled for the tenant
 * and purpose. What is killed does not answer.
 */
@ApplicationScoped
public class PluginCatalog {
  private final BuiltInPlugins builtIn;
  private final PackagePlugins packages;
  private final PluginRegistry registry;

  public PluginCatalog(BuiltInPlugins builtIn, PackagePlugins packages, PluginRegistry registry) {
    this.builtIn = builtIn;
    this.packages = packages;
    this.registry = registry;
  }

  /** The plugin of a capability for a tenant and purpose; the caller returns it. */
  public LentPlugin find(String tenant, String purpose, String capability) {
    Optional<LentPlugin> own = builtIn.lend(capability);
    if (own.filter(plugin -> packages.isKilled(plugin.key())).isPresent()) {
      own.get().close();
      throw killed();
    }
    return own.or(() -> packages.lend(new Place(tenant, purpose, capability)))
        .orElseThrow(() -> unknown(tenant));
  }

  /** What the plugins of a capability say of themselves: of several, each has its purposes. */
  public List<PluginDescriptor> describe(String tenant, String capability) {
    List<PluginDescriptor> own =
        descriptors(tenant).stream()
            .filter(plugin -> plugin.capability().equals(capability))
            .toList();
    if (own.isEmpty()) {
      throw unknown(tenant);
    }
    return own;
  }

  /** What each plugin that answers for a tenant says of itself, by capability. */
  public List<PluginDescriptor> descriptors(String tenant) {
    return Stream.concat(
            builtIn.descriptors().stream().filter(plugin -> !packages.isKilled(plugin.id())),
            packages.descriptors(tenant).stream())
        .sorted(Comparator.comparing(PluginDescriptor::capability))
        .toList();
  }

  /** Refuses an answer of a plugin that was killed, in the transaction of the answer's leaf. */
  public void requireAlive(LentPlugin plugin) {
    // INVARIANT: until the transaction ends no kill is committed, so no answer's leaf follows the
    // leaf of a kill that stops it.
    if (registry.isKilled(plugin.descriptor().id(), plugin.key())) {
      throw killed();
    }
  }

  private static Problem killed() {
    return Problem.of(Code.PLUGIN_UNAVAILABLE, "the plugin was stopped by its kill switch");
  }

  private Problem unknown(String tenant) {
    return Problem.at(
        "request.capability",
        Code.CAPABILITY_UNKNOWN,
        "this host offers "
            + descriptors(tenant).stream()
                .map(PluginDescriptor::capability)
                .distinct()
                .collect(Collectors.joining(", ")));
  }
}
