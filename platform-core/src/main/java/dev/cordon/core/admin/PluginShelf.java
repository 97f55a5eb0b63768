package dev.cordon.core.admin;

import dev.cordon.core.catalog.BuiltInPlugins;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.catalogue.Usage;
import dev.cordon.spi.PluginDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What there is in the catalogue, for those who look after it. */
@ApplicationScoped
public class PluginShelf {
  private final PluginRegistry registry;
  private final BuiltInPlugins builtIn;
  private final AuditWriter audit;

  public PluginShelf(PluginRegistry registry, BuiltInPlugins builtIn, AuditWriter audit) {
    this.registry = registry;
    this.builtIn = builtIn;
    this.audit = audit;
  }

  /** All of it, as one tenant may see it: enablements are its own. */
  public record Contents(
      List<InstalledPackage> packages,
      Collection<PluginDescriptor> builtIn,
      List<Review> reviews,
      List<Enablement> enabled,
      Set<String> killed,
      List<Usage> usage) {}

  /** Reads the catalogue. */
  public Contents read(String tenant) {
    return audit.commit(
        () ->
            new Contents(
                registry.all(),
                builtIn.descriptors(),
                registry.reviews(),
                registry.enablements().stream()
                    .filter(one -> one.place().tenant().equals(tenant))
                    .toList(),
                registry.kills().stream().map(Kill::name).collect(Collectors.toSet()),
                registry.usage()));
  }
}
