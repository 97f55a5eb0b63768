package dev.cordon.core.routing.fleet;

import java.util.List;
import java.util.Map;

/**
 * All targets and budgets of this host, in the order of their files.
 *
 * @param digest {@code sha256:} and the digest of the files, or empty where there are none
 */
public record RoutingPlan(
    String digest, List<TargetSettings> targets, Map<String, Budget> budgets) {
  /** A host without targets. */
  public static final RoutingPlan EDGE_ALONE = new RoutingPlan("", List.of(), Map.of());

  public RoutingPlan {
    targets = List.copyOf(targets);
    budgets = Map.copyOf(budgets);
  }
}
