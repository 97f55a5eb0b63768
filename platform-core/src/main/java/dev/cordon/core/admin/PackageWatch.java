package dev.cordon.core.admin;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.Companions;
import dev.cordon.core.serving.InstalledPackages;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.VerifiedPackage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Verifies the served package again and again. Files that changed raise an alarm: an error in the
 * log, a leaf, a metric, and readiness down until they verify again; without a loaded package it is
 * down too. What is loaded stays what was verified when it was loaded.
 */
@Readiness
@ApplicationScoped
public class PackageWatch implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(PackageWatch.class);

  private final CordonConfig config;
  private final InstalledPackages installed;
  private final ActiveModel active;
  private final Companions companions;
  private final AuditWriter audit;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Counter alarms;
  private volatile boolean intact = true;
  private boolean recorded;
  private ScheduledExecutorService timer;

  public PackageWatch(
      CordonConfig config,
      InstalledPackages installed,
      ActiveModel active,
      Companions companions,
      AuditWriter audit,
      Clock clock,
      MeterRegistry meters) {
    this.config = config;
    this.installed = installed;
    this.active = active;
    this.companions = companions;
    this.audit = audit;
    this.clock = clock;
    this.meters = meters;
    this.alarms = meters.counter("cordon.models.alarms");
  }

  void start(@Observes StartupEvent started) {
    meters.gauge("cordon.models.intact", this, watch -> watch.intact ? 1 : 0);
    Duration every = config.models().recheck();
    if (every.isPositive()) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("cordon-package-watch").factory());
      timer.scheduleWithFixedDelay(
          this::checkSafely, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("model files")
        .status(intact && active.serving().isPresent())
        .build();
  }

  /** An exception would end the schedule. */
  private void checkSafely() {
    try {
      check();
    } catch (RuntimeException e) {
      LOG.errorf("the model files were not checked: %s", e.getClass().getName());
    }
  }

  /** One check. */
  void check() {
    List<VerifiedPackage> served =
        Stream.concat(active.serving().stream(), companions.serving().stream()).toList();
    if (active.serving().isEmpty()) {
      // What could not be loaded may be mended.
      active.refresh();
    }
    try {
      for (VerifiedPackage one : served) {
        Optional<String> changed = changed(one);
        if (changed.isPresent()) {
          alarm(one, changed.get());
          return;
        }
      }
      if (!intact) {
        LOG.infof("the model files verify again");
      }
      mended();
    } catch (UncheckedIOException e) {
      // What could not be checked is not known to be what was reviewed.
      intact = false;
      throw e;
    }
  }

  private Optional<String> changed(VerifiedPackage served) {
    try {
      return installed
              .digested(served.pack().digest())
              .filter(now -> now.seal().equals(served.seal()))
              .isPresent()
          ? Optional.empty()
          : Optional.of("it is no longer where it was");
    } catch (ModelPackageException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void mended() {
    intact = true;
    recorded = false;
  }

  private void alarm(VerifiedPackage served, String why) {
    LOG.errorf("ALARM: the files of the served model package have changed: %s", why);
    alarms.increment();
    intact = false;
    if (!recorded) {
      try {
        audit.write(
            ModelLeaf.changed(clock.instant(), served.pack().digest(), served.seal().root()));
        recorded = true;
      } catch (Problem unavailable) {
        // The next check tries again; readiness stays down meanwhile.
        LOG.errorf("the alarm has no leaf yet: %s", unavailable.getMessage());
        throw unavailable;
      }
    }
  }
}
