package dev.cordon.core.routing;

import dev.cordon.core.command.Trail;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.models.registry.ModelPackage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Counts how targets answer and what they charge, by names alone. */
@ApplicationScoped
public class RouteMeters {
  private final MeterRegistry registry;

  public RouteMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void answered(Target target) {
    count(target, "answered");
  }

  void failed(Target target) {
    count(target, "failed");
  }

  private void count(Target target, String outcome) {
    registry
        .counter("cordon.target.calls", "target", target.settings().id(), "outcome", outcome)
        .increment();
  }

  /** Adds to what the tenant's calls of this capability cost there; a metric, not the books. */
  void charged(Trail trail, ModelPackage pack, Target target, BigDecimal amount) {
    if (amount.signum() > 0) {
      registry
          .counter(
              "cordon.target.cost",
              "target",
              target.settings().id(),
              "tenant",
              trail.caller().tenant(),
              "capability",
              trail.request().capability(),
              "model",
              pack.manifest().id())
          .increment(amount.doubleValue());
    }
  }
}
