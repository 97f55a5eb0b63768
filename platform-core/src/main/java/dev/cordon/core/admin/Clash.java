package dev.cordon.core.admin;

import dev.cordon.core.admin.PluginRefused.Reason;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.spi.PluginDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What stands against a sound package, given all others. */
final class Clash {
  private Clash() {}

  /** The first reason not to take it; the packages are in the registry's order, newest first. */
  static Optional<PluginRefused> of(
      InstalledPackage entry, List<InstalledPackage> all, Collection<PluginDescriptor> builtIn) {
    if (builtIn.stream().anyMatch(own -> isTaken(entry, own.id(), own.capability()))) {
      return Optional.of(duplicate(entry, "its id or capability belongs to a plugin of the host"));
    }
    if (all.stream().anyMatch(other -> isSameVersion(entry, other))) {
      return Optional.of(
          duplicate(entry, "another package has, or had, this id and version; give it a new one"));
    }
    List<InstalledPackage> present =
        all.stream().filter(other -> other.state() != State.REMOVED).toList();
    if (all.stream().anyMatch(other -> isOtherPublishers(entry, other))) {
      return Optional.of(duplicate(entry, "its id belongs, or belonged, to another publisher"));
    }
    if (present.stream().anyMatch(other -> isOtherPlugins(entry, other))) {
      return Optional.of(duplicate(entry, "its capability belongs to another plugin"));
    }
    // Removed ones count: to remove a package first is no way around a review of more permissions.
    return all.stream()
        .filter(other -> other.id().equals(entry.id()))
        .findFirst()
        .filter(before -> !before.permissions().containsAll(entry.permissions()))
        .map(
            before ->
                new PluginRefused(
                    Reason.PERMISSIONS_GROWN,
                    PluginIntake.name(entry),
                    "it asks for more permissions than version `" + before.version() + "`"));
  }

  static PluginRefused duplicate(InstalledPackage entry, String message) {
    return new PluginRefused(Reason.DUPLICATE, PluginIntake.name(entry), message);
  }

  private static boolean isTaken(InstalledPackage entry, String id, String capability) {
    return entry.id().equals(id) || entry.capability().equals(capability);
  }

  private static boolean isSameVersion(InstalledPackage entry, InstalledPackage other) {
    return other.id().equals(entry.id())
        && other.version().equals(entry.version())
        && !other.digest().equals(entry.digest());
  }

  private static boolean isOtherPublishers(InstalledPackage entry, InstalledPackage other) {
    return other.id().equals(entry.id()) && !other.publisher().equals(entry.publisher());
  }

  private static boolean isOtherPlugins(InstalledPackage entry, InstalledPackage other) {
    return !other.id().equals(entry.id()) && other.capability().equals(entry.capability());
  }
}
