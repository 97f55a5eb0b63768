package dev.cordon.core.catalog;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.PluginLeaf;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.wasm.Trip;
import dev.cordon.sandbox.wasm.TripListener;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Puts every trip on record, and pulls the kill switch of a package that trips too often. */
@Singleton
public class Trips implements TripListener {
  private static final Logger LOG = Logger.getLogger(Trips.class);

  private final PluginRegistry registry;
  private final AuditWriter audit;
  private final Clock clock;
  private final MeterRegistry meters;
  private final int most;

  public Trips(
      PluginRegistry registry,
      AuditWriter audit,
      Clock clock,
      MeterRegistry meters,
      CordonConfig config) {
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
    this.meters = meters;
    this.most = config.catalog().trips();
  }

  @Override
  public void tripped(Trip trip) {
    meters
        .counter("cordon.plugins.trips", "plugin", trip.plugin(), "kind", trip.kind().name())
        .increment();
    try {
      boolean killed = audit.commit(() -> record(trip));
      LOG.warnf(
          "plugin %s@%s tripped: %s%s",
          trip.plugin(), trip.version(), trip.kind(), killed ? "; its kill switch is pulled" : "");
    } catch (RuntimeException e) {
      // The call fails either way, and its own leaf needs the same log.
      LOG.errorf("a trip of plugin %s is not on record: %s", trip.plugin(), e.getMessage());
    }
  }

  private boolean record(Trip trip) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String name = PluginLeaf.name(trip.plugin(), trip.version(), trip.digest());
    // A guest that cannot be ended keeps a core for good: once is too often.
    boolean tooOften = registry.trip(trip.digest()) >= most || trip.kind() == Trip.Kind.STUCK;
    boolean killed = tooOften && registry.kill(new Kill(trip.digest(), "", now));
    audit.append(PluginLeaf.tripped(now, name, trip.kind().name()));
    if (killed) {
      audit.append(PluginLeaf.killedByHost(now, name));
    }
    return killed;
  }
}
