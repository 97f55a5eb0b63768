package dev.cordon.core.serving;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.onnx.OnnxSegmenter;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The registry's active segmenter, loaded when a call first asks for it: most hosts have none, and
 * few calls want one. A call whose segmenter is replaced meanwhile is refused as unavailable.
 */
@ApplicationScoped
public class ActiveSegmenter {
  private static final Logger LOG = Logger.getLogger(ActiveSegmenter.class);
  private static final int MOST_THREADS = 4;

  private final ModelRegistry registry;
  private final InstalledPackages installed;
  private final CordonConfig config;
  private final AuditWriter audit;
  private final Clock clock;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Optional<Loaded> loaded = Optional.empty();
  private Optional<Registered> unloadable = Optional.empty();

  private record Loaded(VerifiedPackage verified, OnnxSegmenter segmenter) {
    boolean isOf(Registered entry) {
      return entry.digest().equals(verified.pack().digest())
          && entry.root().equals(verified.seal().root());
    }
  }

  public ActiveSegmenter(
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

  /** The segmenter that is active now, or nothing when none is. */
  public Optional<OnnxSegmenter> lend() {
    Optional<Registered> active = active();
    Optional<Loaded> now = loaded;
    if (active.isPresent() && now.filter(had -> had.isOf(active.get())).isPresent()) {
      return now.map(Loaded::segmenter);
    }
    changing.lock();
    try {
      return follow(active());
    } finally {
      changing.unlock();
    }
  }

  /** What is loaded now. */
  public Optional<VerifiedPackage> serving() {
    return loaded.map(Loaded::verified);
  }

  /** Loads a package, then commits its activation; without a commit everything stays as it was. */
  public <T> T replace(VerifiedPackage next, Supplier<T> commit) throws ModelPackageException {
    OnnxSegmenter segmenter = load(next);
    boolean committed = false;
    changing.lock();
    try {
      T done = commit.get();
      committed = true;
      put(Optional.of(new Loaded(next, segmenter)));
      return done;
    } finally {
      changing.unlock();
      if (!committed) {
        segmenter.close();
      }
    }
  }

  @PreDestroy
  void close() {
    put(Optional.empty());
  }

  private Optional<Registered> active() {
    try {
      return registry.active(Task.PROMPTABLE_SEGMENTATION);
    } catch (RegistryUnavailableException e) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the model registry cannot be read", e);
    }
  }

  private Optional<OnnxSegmenter> follow(Optional<Registered> active) {
    if (active.isEmpty()) {
      put(Optional.empty());
      return Optional.empty();
    }
    if (loaded.filter(had -> had.isOf(active.get())).isEmpty()) {
      put(Optional.empty());
      put(Optional.of(serve(active.get())));
    }
    return loaded.map(Loaded::segmenter);
  }

  private Loaded serve(Registered active) {
    if (unloadable.equals(Optional.of(active))) {
      throw unavailable(null);
    }
    try {
      VerifiedPackage verified =
          installed
              .digested(active.digest())
              .filter(found -> found.seal().root().equals(active.root()))
              .orElseThrow(
                  () -> new ModelPackageException("it is not on this host as it was reviewed"));
      OnnxSegmenter segmenter = load(verified);
      try {
        audit.write(
            ModelLeaf.byHost(
                clock.instant(), LeafKind.MODEL_LOADED, active.digest(), active.root()));
      } catch (RuntimeException e) {
        segmenter.close();
        throw e;
      }
      return new Loaded(verified, segmenter);
    } catch (ModelPackageException e) {
      LOG.errorf(
          "the active segmenter package `%s` cannot be loaded: %s",
          active.digest(), e.getMessage());
      unloadable = Optional.of(active);
      throw unavailable(e);
    } catch (UncheckedIOException e) {
      throw unavailable(e);
    }
  }

  private static Problem unavailable(Exception cause) {
    return Problem.of(
        Code.MODEL_UNAVAILABLE, "the active segmenter cannot be loaded on this host", cause);
  }

  /** Closes what was there once its runs have ended. */
  private void put(Optional<Loaded> next) {
    Optional<Loaded> old = loaded;
    loaded = next;
    old.ifPresent(had -> had.segmenter().close());
  }

  private OnnxSegmenter load(VerifiedPackage verified) throws ModelPackageException {
    int asked = config.models().threads();
    int threads =
        asked > 0 ? asked : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return OnnxSegmenter.load(verified.pack(), new OnnxOptions(threads));
  }
}
