package dev.cordon.core.serving;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.onnx.OnnxCompanion;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.RegistryUnavailableException;
import dev.cordon.models.registry.VerifiedPackage;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The registry's active package of one task, loaded when a call first asks for it. A call whose
 * package is replaced meanwhile is refused as unavailable.
 */
final class Companion<M extends OnnxCompanion> {
  private static final Logger LOG = Logger.getLogger(Companion.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Task task;
  private final String name;
  private final Loading<M> loading;
  private final ModelRegistry registry;
  private final InstalledPackages installed;
  private final AuditWriter audit;
  private final Clock clock;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Optional<Loaded<M>> loaded = Optional.empty();
  private Optional<Unloadable> unloadable = Optional.empty();

  /** How a verified package is loaded. */
  interface Loading<M> {
    M load(VerifiedPackage verified) throws ModelPackageException;
  }

  /** Not tried again by every call, but before long: its folder may come back. */
  private record Unloadable(Registered entry, Instant until) {
    boolean holds(Registered active, Instant now) {
      return entry.equals(active) && now.isBefore(until);
    }
  }

  private record Loaded<M>(VerifiedPackage verified, M model) {
    boolean isOf(Registered entry) {
      return entry.digest().equals(verified.pack().digest())
          && entry.root().equals(verified.seal().root());
    }
  }

  Companion(
      Task task,
      String name,
      Loading<M> loading,
      ModelRegistry registry,
      InstalledPackages installed,
      AuditWriter audit,
      Clock clock) {
    this.task = task;
    this.name = name;
    this.loading = loading;
    this.registry = registry;
    this.installed = installed;
    this.audit = audit;
    this.clock = clock;
  }

  /** The one that is active now, or nothing when none is. */
  Optional<M> lend() {
    Optional<Registered> active = active();
    Optional<Loaded<M>> now = loaded;
    if (active.isPresent() && now.filter(had -> had.isOf(active.get())).isPresent()) {
      return now.map(Loaded::model);
    }
    changing.lock();
    try {
      return follow(active());
    } finally {
      changing.unlock();
    }
  }

  /** What is loaded now. */
  Optional<VerifiedPackage> serving() {
    return loaded.map(Loaded::verified);
  }

  /** Loads a package, then commits its activation; without a commit everything stays as it was. */
  <T> T replace(VerifiedPackage next, Supplier<T> commit) throws ModelPackageException {
    M model = loading.load(next);
    boolean committed = false;
    changing.lock();
    try {
      T done = commit.get();
      committed = true;
      put(Optional.of(new Loaded<>(next, model)));
      return done;
    } finally {
      changing.unlock();
      if (!committed) {
        model.close();
      }
    }
  }

  void close() {
    put(Optional.empty());
  }

  private Optional<Registered> active() {
    try {
      return registry.active(task);
    } catch (RegistryUnavailableException e) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the model registry cannot be read", e);
    }
  }

  private Optional<M> follow(Optional<Registered> active) {
    if (active.isEmpty()) {
      put(Optional.empty());
      return Optional.empty();
    }
    if (loaded.filter(had -> had.isOf(active.get())).isEmpty()) {
      put(Optional.empty());
      put(Optional.of(serve(active.get())));
    }
    return loaded.map(Loaded::model);
  }

  private Loaded<M> serve(Registered active) {
    if (unloadable.filter(one -> one.holds(active, clock.instant())).isPresent()) {
      throw unavailable(null);
    }
    try {
      VerifiedPackage verified =
          installed
              .digested(active.digest())
              .filter(found -> found.seal().root().equals(active.root()))
              .orElseThrow(
                  () -> new ModelPackageException("it is not on this host as it was reviewed"));
      M model = loading.load(verified);
      try {
        audit.write(
            ModelLeaf.byHost(
                clock.instant(), LeafKind.MODEL_LOADED, active.digest(), active.root()));
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
      return new Loaded<>(verified, model);
    } catch (ModelPackageException e) {
      LOG.errorf(
          "the active %s package `%s` cannot be loaded: %s", name, active.digest(), e.getMessage());
      unloadable = Optional.of(new Unloadable(active, clock.instant().plus(PATIENCE)));
      throw unavailable(e);
    } catch (UncheckedIOException e) {
      throw unavailable(e);
    }
  }

  private Problem unavailable(Exception cause) {
    return Problem.of(
        Code.MODEL_UNAVAILABLE, "the active " + name + " cannot be loaded on this host", cause);
  }

  /** Closes what was there once its runs have ended. */
  private void put(Optional<Loaded<M>> next) {
    Optional<Loaded<M>> old = loaded;
    loaded = next;
    old.ifPresent(had -> had.model().close());
  }
}
