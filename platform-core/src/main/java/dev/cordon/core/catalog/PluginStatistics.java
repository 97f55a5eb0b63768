package dev.cordon.core.catalog;

import dev.cordon.core.record.AuditWriter;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.catalogue.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how calls of plugins end: in memory, and now and then in the registry for all hosts. */
@ApplicationScoped
public class PluginStatistics {
  private final PluginRegistry registry;
  private final AuditWriter audit;
  private final Clock clock;
  private final MeterRegistry meters;
  private Map<Way, Usage> waiting = new HashMap<>();

  private record Way(String name, String outcome) {}

  public PluginStatistics(
      PluginRegistry registry, AuditWriter audit, Clock clock, MeterRegistry meters) {
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
    this.meters = meters;
  }

  /** Counts one call; the outcome is {@code answered} or a kind of failure. */
  public void count(LentPlugin plugin, String outcome) {
    meters
        .counter("cordon.plugins.calls", "plugin", plugin.descriptor().id(), "outcome", outcome)
        .increment();
    add(new Usage(plugin.key(), outcome, 1, clock.instant()));
  }

  /** Adds what was counted to the registry; what cannot be written waits for the next time. */
  void flush() {
    List<Usage> counted = take();
    if (counted.isEmpty()) {
      return;
    }
    try {
      audit.commit(
          () -> {
            registry.count(counted);
            return counted;
          });
    } catch (RuntimeException e) {
      counted.forEach(this::add);
      throw e;
    }
  }

  private synchronized void add(Usage more) {
    waiting.merge(new Way(more.name(), more.outcome()), more, PluginStatistics::sum);
  }

  private synchronized List<Usage> take() {
    List<Usage> taken = List.copyOf(waiting.values());
    waiting = new HashMap<>();
    return taken;
  }

  private static Usage sum(Usage one, Usage other) {
    Instant last = one.last().isAfter(other.last()) ? one.last() : other.last();
    return new Usage(one.name(), one.outcome(), one.calls() + other.calls(), last);
  }
}
