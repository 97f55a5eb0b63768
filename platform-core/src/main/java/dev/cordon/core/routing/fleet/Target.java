package dev.cordon.core.routing.fleet;

import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.TargetSettings.Towers;
import dev.cordon.models.oip.OipTarget;
import dev.cordon.models.oip.TargetException;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.PluginException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** One target: its connections, its circuit breaker, its pace, and how it stood last. */
public final class Target implements AutoCloseable {
  private static final double FAILURES = 0.5;
  private static final Optional<Rejection> BROKEN = Optional.of(Rejection.BREAKER_OPEN);

  private final TargetSettings settings;
  private final Map<String, OipTarget> models = new HashMap<>();
  private final Guard guard;
  private final Pace pace;
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;
  private volatile Standing standing = Standing.UNKNOWN;

  private Target(TargetSettings settings, Breaking breaking) {
    this.settings = settings;
    this.pace = new Pace(settings.lanes());
    this.guard =
        Guard.create()
            .withCircuitBreaker()
            .requestVolumeThreshold(breaking.calls())
            .failureRatio(FAILURES)
            .delay(breaking.delayMillis(), ChronoUnit.MILLIS)
            .successThreshold(1)
            .when(Target::isTheTargetsFault)
            .onStateChange(now -> breaker = now)
            .done()
            .build();
  }

  /** When the breaker opens, half of so many calls having failed, and for how long. */
  public record Breaking(int calls, long delayMillis) {}

  /** Reads the keys; connects with the first call. */
  static Target open(TargetSettings settings, Breaking breaking) throws TargetException {
    Target target = new Target(settings, breaking);
    try {
      for (Towers towers : settings.towers().values()) {
        for (String name : towers.names()) {
          if (!target.models.containsKey(name)) {
            target.models.put(
                name, OipTarget.open(settings.endpoint().model(name, towers.version())));
          }
        }
      }
      return target;
    } catch (TargetException e) {
      target.close();
      throw e;
    }
  }

  /** Something that is asked of a target. */
  public interface Attempt<T> {
    T make() throws PluginException;
  }

  /** A failure that says nothing about the target: its caller is gone or may not ask. */
  private static final class NotItsFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient PluginException told;

    NotItsFault(PluginException told) {
      super(null, told, false, false);
      this.told = told;
    }
  }

  private static boolean isTheTargetsFault(Throwable failure) {
    return failure instanceof PluginException;
  }

  /** Makes the attempt unless the breaker is open; it counts for the breaker and the pace. */
  public <T> T ask(Cancellation call, Attempt<T> attempt) throws PluginException {
    try (Pace.Running running = pace.begin()) {
      T answer = query(call, attempt);
      running.answered();
      return answer;
    }
  }

  /** The same for what is quicker than an inference and says nothing of the pace. */
  <T> T query(Cancellation call, Attempt<T> attempt) throws PluginException {
    AtomicReference<T> answer = new AtomicReference<>();
    try {
      guard.call(
          () -> {
            answer.set(made(call, attempt));
            return true;
          },
          Boolean.class);
      return answer.get();
    } catch (CircuitBreakerOpenException e) {
      throw new PluginException(
          PluginException.Kind.UNAVAILABLE, Rejection.BREAKER_OPEN.words(), e);
    } catch (NotItsFault e) {
      throw e.told;
    } catch (PluginException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an attempt throws nothing else", e);
    }
  }

  private static <T> T made(Cancellation call, Attempt<T> attempt)
      throws PluginException, NotItsFault {
    try {
      return attempt.make();
    } catch (PluginException e) {
      boolean isTheCallers =
          call.isCancelled()
              || e.kind() == PluginException.Kind.BAD_QUESTION
              || e.kind() == PluginException.Kind.NOT_PERMITTED;
      if (isTheCallers) {
        throw new NotItsFault(e);
      }
      throw e;
    }
  }

  /** How it would be chosen now for a call of this package. */
  public Candidate candidate(ModelPackage pack) {
    return new Candidate(
        settings.id(),
        settings.region(),
        settings.tenants(),
        settings.dataClasses(),
        fault(pack),
        pace.expectedMillis(),
        settings.price().expected(pace.millis(), imageBytes(pack)));
  }

  /** Of one prepared image; a call sends one at least. */
  private static long imageBytes(ModelPackage pack) {
    long side = pack.manifest().image().preprocessing().size();
    return 3 * side * side * Float.BYTES;
  }

  private Optional<Rejection> fault(ModelPackage pack) {
    Standing now = standing;
    if (!settings.towers().containsKey(pack.manifest().id())) {
      return Optional.of(Rejection.MODEL_MISSING);
    }
    if (!now.isOf(pack.digest())) {
      return Optional.of(Rejection.NOT_PROBED);
    }
    return fault();
  }

  /** Why it takes no call of the package that it was probed with. */
  public Optional<Rejection> fault() {
    boolean isClosed = breaker == CircuitBreakerState.CLOSED;
    // The fault of a probe says more than the breaker that it opened.
    return standing.fault().or(() -> isClosed ? Optional.empty() : BROKEN);
  }

  /** The towers of a package; none from the moment on that a probe failed. */
  public Optional<Standing.Served> served(ModelPackage pack) {
    return Optional.of(standing).filter(now -> now.isOf(pack.digest())).flatMap(Standing::served);
  }

  public TargetSettings settings() {
    return settings;
  }

  public Pace pace() {
    return pace;
  }

  public CircuitBreakerState breaker() {
    return breaker;
  }

  public Standing standing() {
    return standing;
  }

  OipTarget model(String name) {
    return models.get(name);
  }

  void stands(Standing now) {
    standing = now;
  }

  @Override
  public void close() {
    models.values().forEach(OipTarget::close);
  }
}
