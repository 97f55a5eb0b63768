package dev.cordon.core.routing.fleet;

import dev.cordon.core.costs.Budgets;
import java.util.List;

/** All targets of this host, in the order of their files, and what tenants may spend on them. */
public record RoutingPlan(List<TargetSettings> targets, Budgets budgets) {
  public RoutingPlan {
    targets = List.copyOf(targets);
  }
}
