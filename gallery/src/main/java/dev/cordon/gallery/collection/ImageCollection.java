package dev.cordon.gallery.collection;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's images for one purpose. Searches go to the active generation of vectors; while items
 * are sent again for another model, a second generation is built beside it. An empty collection may
 * have neither.
 */
public record ImageCollection(
    UUID id,
    String tenant,
    String name,
    String purpose,
    String area,
    Instant createdAt,
    Optional<Generation> active,
    Optional<Generation> building) {
  /** What a caller may call a collection. */
  public static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

  /** Vectors of one space; the number tells an item's vectors of two spaces apart. */
  public record Generation(int number, VectorSpace space) {}

  public ImageCollection {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("a collection has a short plain name");
    }
    if (tenant.isBlank() || purpose.isBlank() || area.isBlank()) {
      throw new IllegalArgumentException("a collection has a tenant, a purpose and an area");
    }
  }

  /** The number that a new generation takes. */
  public int nextNumber() {
    return 1
        + Math.max(
            active.map(Generation::number).orElse(0), building.map(Generation::number).orElse(0));
  }
}
