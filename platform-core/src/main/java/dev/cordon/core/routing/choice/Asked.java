package dev.cordon.core.routing.choice;

import java.util.Optional;
import java.util.Set;

/**
 * What a call and the policy ask of a target.
 *
 * @param atEdge why no target but the edge may take the call
 * @param regions in all of which the target must lie, so more than one leaves the edge alone
 * @param dataClasses all of which the target must take
 * @param pin the only target that may take the call
 * @param batch the target that took the batch's calls before
 */
public record Asked(
    String tenant,
    Optional<Rejection> atEdge,
    Set<String> regions,
    Set<String> dataClasses,
    Optional<String> pin,
    Optional<String> batch) {
  public Asked {
    regions = Set.copyOf(regions);
    dataClasses = Set.copyOf(dataClasses);
  }
}
