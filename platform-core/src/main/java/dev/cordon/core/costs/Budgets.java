package dev.cordon.core.costs;

import java.util.Map;
import java.util.Optional;

/** The budget of each tenant that has one. */
public record Budgets(Map<String, Budget> byTenant) {
  public Budgets {
    byTenant = Map.copyOf(byTenant);
  }

  public Optional<Budget> of(String tenant) {
    return Optional.ofNullable(byTenant.get(tenant));
  }
}
