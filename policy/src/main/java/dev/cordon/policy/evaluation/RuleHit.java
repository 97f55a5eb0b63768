package dev.cordon.policy.evaluation;

import dev.cordon.policy.language.Effect;
import java.util.List;

/** A rule that fired, or that could not be evaluated and therefore denies. */
public record RuleHit(
    String id, Effect effect, List<String> references, String explanation, String pack) {
  public RuleHit {
    references = List.copyOf(references);
  }
}
