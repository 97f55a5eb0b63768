package dev.cordon.core.admission;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.RegistryUnavailableException;
import dev.cordon.models.registry.VerifiedPackage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls through only while the package that answers is active in the registry. A decision of
 * another host is seen within a second.
 */
@ApplicationScoped
public class ModelApproval {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ModelRegistry registry;
  private final VerifiedPackage served;
  private volatile Seen seen;

  private record Seen(boolean active, long nanos) {}

  public ModelApproval(ModelRegistry registry, VerifiedPackage served) {
    this.registry = registry;
    this.served = served;
  }

  /** Returns if the package is active, and is a problem otherwise. */
  public void require() {
    Seen last = seen;
    if (last == null || System.nanoTime() - last.nanos() > FRESH_NANOS) {
      last = new Seen(isActive(), System.nanoTime());
      seen = last;
    }
    if (!last.active()) {
      throw Problem.of(
          Code.MODEL_UNAVAILABLE, "the model package waits for the review of a model steward");
    }
  }

  /** Forgets what was seen, so that a decision on this host counts at once. */
  public void refresh() {
    seen = null;
  }

  private boolean isActive() {
    try {
      return registry
          .find(served.pack().digest())
          .filter(entry -> entry.state() == PackageState.ACTIVE)
          .filter(entry -> entry.root().equals(served.seal().root()))
          .isPresent();
    } catch (RegistryUnavailableException e) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the model registry cannot be read", e);
    }
  }
}
