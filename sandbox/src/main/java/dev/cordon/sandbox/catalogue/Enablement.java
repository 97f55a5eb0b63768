package dev.cordon.sandbox.catalogue;

import java.time.Instant;
import java.util.Optional;

/**
 * That a package answers a capability for a tenant and purpose.
 *
 * @param previous digest of the package that answered before, if there is a way back
 * @param by pseudonym of who enabled it
 */
public record Enablement(
    Place place, String digest, Optional<String> previous, String by, Instant at) {
  /** Where one package answers at most. */
  public record Place(String tenant, String purpose, String capability) {}
}
