package dev.cordon.models.registry;

import dev.cordon.models.manifest.ModelManifest.Task;
import java.util.List;
import java.util.Optional;

/**
 * What this deployment knows of packages. Changes take part in the transaction of the caller; what
 * cannot be reached throws {@link RegistryUnavailableException}.
 */
public interface ModelRegistry {
  /** The package with that digest. */
  Optional<Registered> find(String digest);

  /** The one package that answers questions. */
  default Optional<Registered> active() {
    return active(Task.IMAGE_TEXT_SIMILARITY);
  }

  /** The one package that is active for a task. */
  Optional<Registered> active(Task task);

  /** All, the newest first. */
  List<Registered> all();

  /** Adds a package; false when one of that digest is there. */
  boolean add(Registered entry);

  /** Replaces a package if it is still as it was read; false when somebody changed it meanwhile. */
  boolean replace(Registered read, Registered next);
}
