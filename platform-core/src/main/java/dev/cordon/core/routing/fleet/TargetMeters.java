package dev.cordon.core.routing.fleet;

import dev.cordon.models.registry.ModelPackage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Counts how targets answer and what they charge, by names alone. */
@ApplicationScoped
public class TargetMeters {
  private final MeterRegistry registry;

  public TargetMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  public void answered(Target target) {
    count(target, "answered");
  }

  public void failed(Target target) {
    count(target, "failed");
  }

  private void count(Target target, String outcome) {
    registry
        .counter("cordon.target.calls", "target", target.settings().id(), "outcome", outcome)
        .increment();
  }

  /** Tensors are about to leave, for a retry or a hedge too. */
  public void left(Target target) {
    registry.counter("cordon.target.requests", "target", target.settings().id()).increment();
  }

  /** Adds to what a tenant's calls of a plugin, as id@version, cost; a metric, not the books. */
  public void charged(
      Target target, String tenant, String plugin, ModelPackage pack, BigDecimal amount) {
    if (amount.signum() > 0) {
      registry
          .counter(
              "cordon.target.cost",
              "target",
              target.settings().id(),
              "tenant",
              tenant,
              "plugin",
              plugin,
              "model",
              pack.manifest().id())
          .increment(amount.doubleValue());
    }
  }
}
