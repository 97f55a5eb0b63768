package dev.cordon.core.routing.choice;

import java.util.Optional;
import java.util.Set;

/**
 * A target as it stands now.
 *
 * @param fault why it could not take a call now, whoever asks
 * @param expectedMillis how long a call is expected to take there, waiting included
 * @param price of one call, in the currency of the host
 */
public record Candidate(
    String id,
    String region,
    Set<String> tenants,
    Set<String> dataClasses,
    Optional<Rejection> fault,
    double expectedMillis,
    double price) {
  /** The id of this process, which is always a candidate. */
  public static final String EDGE = "edge";

  public Candidate {
    tenants = Set.copyOf(tenants);
    dataClasses = Set.copyOf(dataClasses);
  }

  /** This process: every tenant and every class. */
  public static Candidate edge(double expectedMillis, double price) {
    return new Candidate(EDGE, "", Set.of(), Set.of(), Optional.empty(), expectedMillis, price);
  }

  /** The same, found to have this fault, unless it had one before. */
  public Candidate with(Rejection found) {
    return fault.isPresent()
        ? this
        : new Candidate(
            id, region, tenants, dataClasses, Optional.of(found), expectedMillis, price);
  }

  public boolean isEdge() {
    return id.equals(EDGE);
  }
}
