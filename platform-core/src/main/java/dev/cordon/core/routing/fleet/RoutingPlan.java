package dev.cordon.core.routing.fleet;

import dev.cordon.core.costs.Budgets;
import dev.cordon.core.routing.choice.Cascade;
import java.util.List;
import java.util.Optional;

/**
 * All targets of this host, in the order of their files, what tenants may spend on them, and
 * whether the edge is asked first.
 */
public record RoutingPlan(
    List<TargetSettings> targets, Budgets budgets, Optional<Cascade> cascade) {
  public RoutingPlan {
    targets = List.copyOf(targets);
  }
}
