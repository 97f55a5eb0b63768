package dev.cordon.core.routing.fleet;

import java.util.List;

/** All targets of this host, in the order of their files. */
public record RoutingPlan(List<TargetSettings> targets) {
  public RoutingPlan {
    targets = List.copyOf(targets);
  }
}
