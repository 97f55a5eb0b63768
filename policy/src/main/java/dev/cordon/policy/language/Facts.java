package dev.cordon.policy.language;

import static java.util.Objects.requireNonNull;

import dev.cordon.policy.screening.Screening;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a rule may read about one call; the time is a fact, so a decision can be replayed. A
 * blank area is {@code unknown}.
 */
public record Facts(
    Stage stage,
    Instant now,
    String tenant,
    Set<String> roles,
    String capability,
    String purpose,
    String area,
    Set<String> callerJurisdictions,
    int subjectsNamed,
    int subjectsWithoutConsent,
    Screening screening,
    Optional<ImageFacts> image,
    Optional<OutputFacts> output) {
  public Facts {
    requireNonNull(stage);
    requireNonNull(now);
    requireNonNull(tenant);
    roles = Set.copyOf(roles);
    requireNonNull(capability);
    requireNonNull(purpose);
    area = area.isBlank() ? "unknown" : area;
    callerJurisdictions = Set.copyOf(callerJurisdictions);
    if (subjectsNamed < 0 || subjectsWithoutConsent < 0) {
      throw new IllegalArgumentException("numbers of subjects are not negative");
    }
    requireNonNull(screening);
    requireNonNull(image);
    requireNonNull(output);
  }

  /** The same call at the input stage. */
  public Facts atInput(ImageFacts picture) {
    return at(
        Stage.INPUT, subjectsWithoutConsent, screening, Optional.of(picture), Optional.empty());
  }

  /**
   * The same call at the output stage: what was said, and how many consents are missing by then.
   */
  public Facts atOutput(Screening said, OutputFacts findings, int withoutConsent) {
    return at(Stage.OUTPUT, withoutConsent, said, image, Optional.of(findings));
  }

  private Facts at(
      Stage next,
      int withoutConsent,
      Screening texts,
      Optional<ImageFacts> picture,
      Optional<OutputFacts> findings) {
    return new Facts(
        next,
        now,
        tenant,
        roles,
        capability,
        purpose,
        area,
        callerJurisdictions,
        subjectsNamed,
        withoutConsent,
        texts,
        picture,
        findings);
  }
}
