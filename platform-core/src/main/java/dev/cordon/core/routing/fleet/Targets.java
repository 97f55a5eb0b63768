package dev.cordon.core.routing.fleet;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.models.oip.TargetException;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.spi.PluginException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * All targets of this host, each probed at its own interval and whenever another model becomes
 * active. Without targets nothing is probed and nothing measured.
 */
@ApplicationScoped
public class Targets {
  private static final Logger LOG = Logger.getLogger(Targets.class);
  private static final long LOOK_MILLIS = 250;

  private final ActiveModel active;
  private final Canary canary;
  private final List<Target> all;
  private final Pace edge = new Pace(1);
  private final Map<Target, Long> probed = new ConcurrentHashMap<>();
  private final Duration again;
  private final Set<Target> probing = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService timer;

  public Targets(
      RoutingPlan plan, CordonConfig config, ActiveModel active, TargetMeters meters, Clock clock) {
    this.active = active;
    this.canary = new Canary(clock, meters);
    Target.Breaking breaking =
        new Target.Breaking(
            config.routing().breakerCalls(), config.routing().breakerDelay().toMillis());
    this.again = config.routing().breakerDelay();
    List<Target> opened = new ArrayList<>();
    for (TargetSettings settings : plan.targets()) {
      try {
        opened.add(Target.open(settings, breaking));
      } catch (TargetException e) {
        throw new IllegalStateException("target `" + settings.id() + "`: " + e.getMessage(), e);
      }
    }
    this.all = List.copyOf(opened);
  }

  public List<Target> all() {
    return all;
  }

  /** The target of this id; it must be one of this host's. */
  public Target named(String id) {
    return all.stream()
        .filter(target -> target.settings().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no target of this name"));
  }

  /** How fast this process is. */
  public Pace edge() {
    return edge;
  }

  void start(@Observes StartupEvent started, MeterRegistry meters) {
    if (!all.isEmpty()) {
      for (Target target : all) {
        Tags name = Tags.of("target", target.settings().id());
        meters.gauge("cordon.target.ready", name, target, t -> t.fault().isEmpty() ? 1 : 0);
        meters.gauge("cordon.target.calls.underway", name, target, t -> t.pace().underWay());
      }
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("cordon-targets").factory());
      timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    if (timer != null) {
      timer.shutdownNow();
    }
    all.forEach(Target::close);
  }

  /** Begins the probes that are due; a slow target keeps no other waiting. */
  private void look() {
    Optional<String> digest = active.serving().map(VerifiedPackage::pack).map(p -> p.digest());
    if (digest.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    for (Target target : all) {
      Long last = probed.get(target);
      boolean isDue = last == null || now - last >= pause(target).toNanos();
      if ((isDue || !target.standing().isOf(digest.get())) && probing.add(target)) {
        Thread.ofVirtual()
            .name("cordon-probe-" + target.settings().id())
            .start(() -> probe(target));
      }
    }
  }

  /** What is out is asked again sooner. */
  private Duration pause(Target target) {
    Duration every = target.settings().canary();
    return target.fault().isPresent() && again.compareTo(every) < 0 ? again : every;
  }

  private void probe(Target target) {
    try (ModelSlot.Loan loan = active.borrow()) {
      Standing before = target.standing();
      Standing now = canary.probe(target, loan.model(), canary.expected(loan.model(), edge));
      target.stands(now);
      if (!now.fault().equals(before.fault())) {
        LOG.infof(
            "target `%s`: %s %s",
            target.settings().id(), now.fault().map(Enum::name).orElse("ready"), now.detail());
      }
    } catch (PluginException | RuntimeException e) {
      LOG.errorf("target `%s` was not probed: %s", target.settings().id(), e.getClass().getName());
    } finally {
      probed.put(target, System.nanoTime());
      probing.remove(target);
    }
  }
}
