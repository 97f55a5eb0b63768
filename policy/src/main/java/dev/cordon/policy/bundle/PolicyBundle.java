package dev.cordon.policy.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All packs and tenants in force, named by the SHA-256 of their content in lower-case hex. */
public record PolicyBundle(String digest, List<Pack> packs, Map<String, Tenant> tenants) {
  public PolicyBundle {
    packs = List.copyOf(packs);
    tenants = Map.copyOf(tenants);
  }

  /** The tenant, if any pack declares it. */
  public Optional<Tenant> tenant(String id) {
    return Optional.ofNullable(tenants.get(id));
  }
}
