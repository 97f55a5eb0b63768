package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admin.PluginShelf.Contents;
import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.catalogue.Usage;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The catalogue of plugins as the API has it. */
final class PluginBodies {
  private static final String ANSWERED = "answered";

  private PluginBodies() {}

  /** The plugins that answer a tenant, by capability. */
  public record PluginsAnswer(List<PluginBody> plugins) {}

  /** What a plugin says of itself. */
  public record PluginBody(
      String capability, String id, String version, String spiVersion, List<String> permissions) {}

  /** All plugins: those that came with the host, then packages, the newest first. */
  public record CatalogueAnswer(List<PluginEntry> plugins) {}

  /** Answer to a change. */
  public record PluginAnswer(PluginEntry plugin, Receipt receipt) {}

  /** Answer to a kill switch that was pulled or put back. */
  public record SwitchAnswer(String name, boolean killed, Receipt receipt) {}

  /** A plugin with what was decided about it; one without a digest came with the host. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PluginEntry(
      Optional<String> digest,
      String id,
      String version,
      String capability,
      List<String> permissions,
      Optional<String> publisher,
      String state,
      boolean killed,
      Optional<String> installedAt,
      List<String> evaluations,
      List<String> purposes,
      UsageBody usage) {}

  /** How calls ended, on all hosts together. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record UsageBody(
      long answered, Map<String, Long> failures, int trips, Optional<String> last) {}

  static PluginsAnswer answering(List<PluginDescriptor> plugins) {
    return new PluginsAnswer(
        plugins.stream()
            .map(
                plugin ->
                    new PluginBody(
                        plugin.capability(),
                        plugin.id(),
                        plugin.version(),
                        plugin.spiVersion(),
                        words(plugin.permissions())))
            .toList());
  }

  static CatalogueAnswer catalogue(Contents contents) {
    return new CatalogueAnswer(
        Stream.concat(
                contents.builtIn().stream().map(plugin -> entry(contents, plugin)),
                contents.packages().stream().map(entry -> entry(contents, entry)))
            .toList());
  }

  private static PluginEntry entry(Contents contents, PluginDescriptor plugin) {
    return new PluginEntry(
        Optional.empty(),
        plugin.id(),
        plugin.version(),
        plugin.capability(),
        words(plugin.permissions()),
        Optional.empty(),
        "built-in",
        contents.killed().contains(plugin.id()),
        Optional.empty(),
        List.of(),
        List.of(),
        usage(contents, plugin.id(), 0));
  }

  static PluginEntry entry(Contents contents, InstalledPackage entry) {
    return new PluginEntry(
        Optional.of(entry.digest()),
        entry.id(),
        entry.version(),
        entry.capability(),
        words(entry.permissions()),
        Optional.of(entry.publisher()),
        entry.state().word(),
        contents.killed().contains(entry.id()) || contents.killed().contains(entry.digest()),
        Optional.of(entry.installedAt().toString()),
        contents.reviews().stream()
            .filter(review -> review.digest().equals(entry.digest()))
            .map(Review::evaluation)
            .distinct()
            .toList(),
        contents.enabled().stream()
            .filter(one -> one.digest().equals(entry.digest()))
            .map(Enablement::place)
            .map(Enablement.Place::purpose)
            .toList(),
        usage(contents, entry.digest(), entry.trips()));
  }

  private static UsageBody usage(Contents contents, String name, int trips) {
    List<Usage> all = contents.usage().stream().filter(one -> one.name().equals(name)).toList();
    Map<String, Long> failures = new TreeMap<>();
    long answered = 0;
    for (Usage one : all) {
      if (one.outcome().equals(ANSWERED)) {
        answered = one.calls();
      } else {
        failures.put(one.outcome(), one.calls());
      }
    }
    return new UsageBody(
        answered,
        failures,
        trips,
        all.stream().map(Usage::last).max(Instant::compareTo).map(Instant::toString));
  }

  private static List<String> words(Set<Permission> permissions) {
    return permissions.stream()
        .map(permission -> permission.name().toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }
}
