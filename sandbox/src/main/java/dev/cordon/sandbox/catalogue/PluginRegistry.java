package dev.cordon.sandbox.catalogue;

import dev.cordon.sandbox.catalogue.Enablement.Place;
import java.util.List;
import java.util.Optional;

/**
 * What this deployment knows of plugins. Changes take part in the transaction of the caller; what
 * cannot be reached throws {@link RegistryUnavailableException}.
 */
public interface PluginRegistry {
  /** Grows with every change of what answers. */
  long epoch();

  /** All packages, the newest first, those removed included. */
  List<InstalledPackage> all();

  /** The package with that digest. */
  Optional<InstalledPackage> find(String digest);

  /** The archive of a package that was not removed. */
  Optional<byte[]> content(String digest);

  /** Lets nobody else install until the transaction ends, so that what was compared stays so. */
  void lockInstalling();

  /** Adds a package, or brings back one that was removed, without its reviews; else false. */
  boolean add(InstalledPackage entry, byte[] content);

  /** Drops the bytes of a package that answers nowhere; false when it does, or is gone. */
  boolean remove(String digest);

  /** Keeps a review with its report; a newer one of the same person replaces theirs. */
  void add(Review review, byte[] report);

  /** All reviews of packages that were not removed, the newest first. */
  List<Review> reviews();

  /** All enablements. */
  List<Enablement> enablements();

  /** The enablement at a place. */
  Optional<Enablement> enabled(Place place);

  /** Enables where nothing is enabled; false where something is. */
  boolean enable(Enablement next);

  /** Replaces an enablement if it is still as it was read. */
  boolean replace(Enablement read, Enablement next);

  /** Ends an enablement if it is still as it was read. */
  boolean disable(Enablement read);

  /** Pulls the switch; false when it was pulled already. No answer is committed meanwhile. */
  boolean kill(Kill kill);

  /** Lets a name answer again and forgets its trips; false when it was not killed. */
  boolean revive(String name);

  /** All switches that are pulled. */
  List<Kill> kills();

  /**
   * Whether the plugin or the package is killed, in the transaction of an answer: until it ends no
   * kill is committed.
   */
  boolean isKilled(String id, String digest);

  /** Counts a trip of a package and returns how many there were. */
  int trip(String digest);

  /** Adds to what was counted. */
  void count(List<Usage> usage);

  /** All that was counted. */
  List<Usage> usage();
}
