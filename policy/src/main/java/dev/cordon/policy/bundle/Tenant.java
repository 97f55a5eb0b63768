package dev.cordon.policy.bundle;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/** A tenant with the jurisdictions that always bind it and its registered purposes by id. */
public record Tenant(String id, Set<String> jurisdictions, Map<String, Purpose> purposes) {
  public Tenant {
    requireNonNull(id);
    jurisdictions = Set.copyOf(jurisdictions);
    purposes = Map.copyOf(purposes);
  }
}
