package dev.cordon.core.routing.fleet;

import dev.cordon.models.oip.TargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One target as it is configured.
 *
 * @param towers the names that the towers of a package have there, by the package's id
 * @param lanes calls that it is taken to answer side by side
 * @param canary how often it is probed
 */
public record TargetSettings(
    String id,
    Endpoint endpoint,
    Map<String, Towers> towers,
    String region,
    Set<String> tenants,
    Set<String> dataClasses,
    Price price,
    int lanes,
    Duration canary) {
  public TargetSettings {
    towers = Map.copyOf(towers);
    tenants = Set.copyOf(tenants);
    dataClasses = Set.copyOf(dataClasses);
  }

  /** Model names at the target; without a text tower there, texts are embedded at the edge. */
  public record Towers(String image, Optional<String> text, Optional<String> version) {
    List<String> names() {
      return text.map(named -> List.of(image, named)).orElse(List.of(image));
    }
  }

  /** How each of its models is reached. */
  public interface Endpoint {
    TargetOptions model(String name, Optional<String> version);
  }
}
