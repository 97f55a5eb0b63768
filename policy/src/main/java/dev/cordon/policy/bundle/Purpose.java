package dev.cordon.policy.bundle;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A registered purpose: no areas means any area, no capabilities means every shipped capability.
 */
public record Purpose(
    String id, Set<String> areas, Set<String> capabilities, LegalBasis legalBasis) {
  /** The capabilities that ship with the product. */
  public static final Set<String> SHIPPED_CAPABILITIES =
      Set.of("image-tagging", "object-detection", "segmentation-prompts", "image-search");

  public Purpose {
    requireNonNull(id);
    areas = Set.copyOf(areas);
    capabilities = Set.copyOf(capabilities);
    requireNonNull(legalBasis);
  }

  /** Whether this purpose is registered for the capability in the area. */
  public boolean covers(String capability, String area) {
    var allowed = capabilities.isEmpty() ? SHIPPED_CAPABILITIES : capabilities;
    return allowed.contains(capability) && (areas.isEmpty() || areas.contains(area));
  }
}
