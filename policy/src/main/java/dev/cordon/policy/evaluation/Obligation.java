package dev.cordon.policy.evaluation;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What the host must do for a permit to hold; one it cannot do makes the permit a deny. */
public record Obligation(String id, String type, Map<String, String> properties) {
  public Obligation {
    requireNonNull(id);
    requireNonNull(type);
    properties = Map.copyOf(properties);
  }
}
