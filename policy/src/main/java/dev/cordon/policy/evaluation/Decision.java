package dev.cordon.policy.evaluation;

import dev.cordon.policy.language.Effect;
import java.util.List;

/**
 * The answer to one set of facts: effect, code of the deciding rule, digest of the bundle, and all
 * rules that fired in the order floor, pack, rule id.
 */
public record Decision(
    Effect effect,
    String code,
    String bundle,
    List<RuleHit> rules,
    List<Obligation> obligations,
    String explanation) {
  public Decision {
    rules = List.copyOf(rules);
    obligations = List.copyOf(obligations);
  }
}
