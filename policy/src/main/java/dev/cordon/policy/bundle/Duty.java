package dev.cordon.policy.bundle;

import java.util.Map;

/** An obligation as a permit rule states it. */
public record Duty(String id, String type, Map<String, String> properties) {
  public Duty {
    properties = Map.copyOf(properties);
  }
}
