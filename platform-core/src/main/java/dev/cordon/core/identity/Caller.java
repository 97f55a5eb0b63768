package dev.cordon.core.identity;

import java.util.Set;

/**
 * Who calls: the tenant the token names and the roles it grants. The person's name stays in the
 * token.
 */
public record Caller(String tenant, Set<String> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }
}
