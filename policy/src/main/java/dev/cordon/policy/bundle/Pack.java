package dev.cordon.policy.bundle;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file of rules and tenants; a floor binds every call, a pack the tenants it serves. */
public record Pack(
    String name,
    String version,
    Kind kind,
    Set<String> serves,
    List<Rule> rules,
    Map<String, Tenant> tenants) {
  /** Whether a pack is the product floor or an ordinary pack. */
  public enum Kind {
    FLOOR,
    PACK
  }

  public Pack {
    serves = Set.copyOf(serves);
    rules = List.copyOf(rules);
    tenants = Map.copyOf(tenants);
  }
}
