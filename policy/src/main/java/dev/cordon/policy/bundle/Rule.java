package dev.cordon.policy.bundle;

import dev.cordon.policy.language.Condition;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of a pack; it applies from {@code appliesFrom} (inclusive) until {@code appliesUntil}
 * (exclusive) and, with jurisdictions, only where one of them binds the call.
 */
public record Rule(
    String id,
    Effect effect,
    Set<Stage> stages,
    Condition when,
    String code,
    List<Reference> references,
    String explanation,
    Set<String> jurisdictions,
    Optional<Instant> appliesFrom,
    Optional<Instant> appliesUntil,
    List<Duty> obligations) {
  public Rule {
    stages = Set.copyOf(stages);
    references = List.copyOf(references);
    jurisdictions = Set.copyOf(jurisdictions);
    obligations = List.copyOf(obligations);
  }

  /** Whether the time lies in the rule's dates. */
  public boolean appliesAt(Instant now) {
    return appliesFrom.map(from -> !now.isBefore(from)).orElse(true)
        && appliesUntil.map(now::isBefore).orElse(true);
  }
}
