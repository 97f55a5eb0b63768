package dev.cordon.policy.bundle;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant with the jurisdictions that always bind it, its registered purposes by id, and the
 * licences of models that it allows; without a list it allows what the host does.
 */
public record Tenant(
    String id,
    Set<String> jurisdictions,
    Map<String, Purpose> purposes,
    Optional<Set<String>> licences) {
  public Tenant {
    requireNonNull(id);
    jurisdictions = Set.copyOf(jurisdictions);
    purposes = Map.copyOf(purposes);
    licences = licences.map(Set::copyOf);
  }
}
