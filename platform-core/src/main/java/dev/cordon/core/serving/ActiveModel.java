package dev.cordon.core.serving;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.RegistryUnavailableException;
import dev.cordon.models.registry.VerifiedPackage;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The registry's active package, loaded. Calls borrow it, and only it: a decision on this host
 * counts at once, one of another host within a second. A call that has begun ends on the model it
 * began with.
 */
@ApplicationScoped
public class ActiveModel {
  private static final Logger LOG = Logger.getLogger(ActiveModel.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A bound of caution, not a measurement: calls run side by side too. */
  private static final int MOST_THREADS = 4;

  private final ModelRegistry registry;
  private final InstalledPackages installed;
  private final CordonConfig config;
  private final AuditWriter audit;
  private final Clock clock;
  private final ModelSlot slot = new ModelSlot();
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Seen seen;
  private Optional<Registered> unloadable = Optional.empty();

  private record Seen(Optional<Registered> active, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos <= FRESH_NANOS;
    }
  }

  public ActiveModel(
      ModelRegistry registry,
      InstalledPackages installed,
      CordonConfig config,
      AuditWriter audit,
      Clock clock) {
    this.registry = registry;
    this.installed = installed;
    this.config = config;
    this.audit = audit;
    this.clock = clock;
  }

  /** The active model for one call, or a problem when there is none; the caller returns it. */
  public ModelSlot.Loan borrow() {
    return lend()
        .orElseThrow(
            () ->
                Problem.of(
                    Code.MODEL_UNAVAILABLE,
                    "no model package answers: none is active, or this host cannot load it; a"
                        + " model steward stages one and another activates it"));
  }

  /** The active model, or nothing when none answers; the caller returns it. */
  public Optional<ModelSlot.Loan> lend() {
    Seen last = seen;
    if (last == null || !last.isFresh()) {
      last = look();
    }
    Optional<ModelSlot.Loan> loan = matching(last.active());
    if (loan.isEmpty()) {
      // A change is under way here or was made elsewhere: wait for it or follow it.
      loan = matching(follow());
    }
    return loan;
  }

  /** What is loaded and lent to calls now. */
  public Optional<VerifiedPackage> serving() {
    return slot.current();
  }

  /** Looks at the registry again and serves what it says, even what could not be loaded before. */
  public void refresh() {
    changing.lock();
    try {
      unloadable = Optional.empty();
      follow();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Loads a package, then commits its activation and lets it answer; without a commit everything
   * stays as it was.
   */
  public <T> T replace(VerifiedPackage next, Supplier<T> commit) throws ModelPackageException {
    OnnxImageTextModel model = load(next);
    changing.lock();
    try {
      T done = commit.get();
      slot.put(next, model);
      model = null;
      seen = null;
      return done;
    } finally {
      changing.unlock();
      if (model != null) {
        model.close();
      }
    }
  }

  @PreDestroy
  void close() {
    slot.close();
  }

  private Optional<ModelSlot.Loan> matching(Optional<Registered> active) {
    Optional<ModelSlot.Loan> loan = slot.borrow();
    if (loan.isPresent() && !isOf(loan.get().verified(), active)) {
      loan.get().close();
      return Optional.empty();
    }
    return loan;
  }

  private static boolean isOf(VerifiedPackage verified, Optional<Registered> active) {
    return active
        .filter(entry -> entry.digest().equals(verified.pack().digest()))
        .filter(entry -> entry.root().equals(verified.seal().root()))
        .isPresent();
  }

  private Seen look() {
    try {
      Seen now = new Seen(registry.active(), System.nanoTime());
      seen = now;
      return now;
    } catch (RegistryUnavailableException e) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the model registry cannot be read", e);
    }
  }

  /** Brings the slot to what the registry says; calls that come meanwhile wait. */
  private Optional<Registered> follow() {
    changing.lock();
    try {
      Optional<Registered> active = look().active();
      boolean isServed = slot.current().filter(verified -> isOf(verified, active)).isPresent();
      if (active.isEmpty()) {
        slot.close();
      } else if (!isServed && !active.equals(unloadable)) {
        slot.close();
        unloadable = serve(active.get()) ? Optional.empty() : active;
      }
      return active;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Loads it; false when it cannot be loaded until somebody mends the package. What may pass by
   * itself is a problem, and the next call tries again.
   */
  private boolean serve(Registered active) {
    try {
      Optional<VerifiedPackage> found = installed.digested(active.digest());
      if (found.isEmpty()) {
        LOG.errorf("the active model package `%s` is not on this host", active.digest());
        return false;
      }
      if (!isOf(found.get(), Optional.of(active))) {
        LOG.errorf("model package `%s` is not as it was reviewed", active.digest());
        return false;
      }
      OnnxImageTextModel model = load(found.get());
      try {
        audit.write(
            ModelLeaf.byHost(
                clock.instant(), LeafKind.MODEL_LOADED, active.digest(), active.root()));
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
      slot.put(found.get(), model);
      return true;
    } catch (ModelPackageException e) {
      LOG.errorf(
          "the active model package `%s` cannot be loaded: %s", active.digest(), e.getMessage());
      return false;
    } catch (UncheckedIOException e) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the model packages cannot be read now", e);
    }
  }

  private OnnxImageTextModel load(VerifiedPackage verified) throws ModelPackageException {
    int asked = config.models().threads();
    int threads =
        asked > 0 ? asked : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return OnnxImageTextModel.load(verified.pack(), new OnnxOptions(threads));
  }
}
