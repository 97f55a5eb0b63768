package dev.cordon.policy.evaluation;

import dev.cordon.policy.bundle.Pack;
import dev.cordon.policy.bundle.PolicyBundle;
import dev.cordon.policy.bundle.Rule;
import dev.cordon.policy.bundle.Tenant;
import dev.cordon.policy.language.Activation;
import dev.cordon.policy.language.ConditionException;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides over one bundle; deterministic, thread-safe, and a deny whenever anything goes wrong. */
public final class PolicyDecisionPoint {
  private static final String ERROR = "POLICY_ERROR";

  private final PolicyBundle bundle;
  private final List<Bound> rules;

  /** A rule and the pack it comes from. */
  private record Bound(Pack pack, Rule rule) {
    boolean binds(Facts facts, Set<String> jurisdictions) {
      var floor = pack.kind() == Pack.Kind.FLOOR;
      return rule.stages().contains(facts.stage())
          && (floor || (pack.serves().contains(facts.tenant()) && rule.appliesAt(facts.now())))
          && (rule.jurisdictions().isEmpty()
              || (floor && jurisdictions.isEmpty())
              || Jurisdictions.meet(rule.jurisdictions(), jurisdictions));
    }
  }

  /** A rule that fired, with its code: its own, or that of an error. */
  private record Fired(Bound bound, Effect effect, String code, String explanation) {
    RuleHit hit(Facts facts) {
      var references =
          bound.rule().references().stream().map(text -> text.cite(facts.now())).toList();
      return new RuleHit(bound.rule().id(), effect, references, explanation, bound.pack().name());
    }
  }

  public PolicyDecisionPoint(PolicyBundle bundle) {
    this.bundle = bundle;
    var bound = new ArrayList<Bound>();
    bundle.packs().forEach(pack -> pack.rules().forEach(rule -> bound.add(new Bound(pack, rule))));
    // INVARIANT: this order is total (rule ids are unique in a bundle) and ignores where a rule
    // stands in its file, so the same rules give the same decision in any order.
    bound.sort(
        Comparator.comparing((Bound b) -> b.pack().kind())
            .thenComparing(b -> b.pack().name())
            .thenComparing(b -> b.rule().id()));
    this.rules = List.copyOf(bound);
  }

  /** Decides one stage of one call; never throws for a rule that fails. */
  public Decision decide(Facts facts) {
    var tenant = bundle.tenant(facts.tenant());
    var jurisdictions = new HashSet<>(facts.callerJurisdictions());
    tenant.map(Tenant::jurisdictions).ifPresent(jurisdictions::addAll);
    var variables = Activation.of(facts, jurisdictions, legalBasis(facts, tenant));
    var fired = new ArrayList<Fired>();
    for (var bound : rules) {
      if (bound.binds(facts, jurisdictions)) {
        evaluate(bound, variables).ifPresent(fired::add);
      }
    }
    return combine(facts, fired);
  }

  /** The bundle this point decides over. */
  public PolicyBundle bundle() {
    return bundle;
  }

  private static Optional<String> legalBasis(Facts facts, Optional<Tenant> tenant) {
    return tenant
        .map(known -> known.purposes().get(facts.purpose()))
        .filter(purpose -> purpose.covers(facts.capability(), facts.area()))
        .map(purpose -> purpose.legalBasis().word());
  }

  private static Optional<Fired> evaluate(Bound bound, Map<String, Object> variables) {
    var rule = bound.rule();
    try {
      return rule.when().holds(variables)
          ? Optional.of(new Fired(bound, rule.effect(), rule.code(), rule.explanation()))
          : Optional.empty();
    } catch (ConditionException e) {
      // Even a permit that fails denies: what it would have said is not known.
      return Optional.of(new Fired(bound, Effect.DENY, ERROR, "the rule could not be evaluated"));
    }
  }

  private Decision combine(Facts facts, List<Fired> fired) {
    var hits = fired.stream().map(rule -> rule.hit(facts)).toList();
    var first = first(fired, Effect.DENY).or(() -> first(fired, Effect.REVIEW));
    if (first.isPresent()) {
      return decision(first.get(), hits, List.of());
    }
    return first(fired, Effect.PERMIT)
        .map(permit -> decision(permit, hits, obligations(fired)))
        .orElseGet(
            () ->
                new Decision(
                    Effect.DENY,
                    "NO_PERMIT",
                    bundle.digest(),
                    hits,
                    List.of(),
                    "no rule permits this call"));
  }

  private Decision decision(Fired deciding, List<RuleHit> hits, List<Obligation> obligations) {
    return new Decision(
        deciding.effect(),
        deciding.code(),
        bundle.digest(),
        hits,
        obligations,
        deciding.explanation());
  }

  private static Optional<Fired> first(List<Fired> fired, Effect effect) {
    return fired.stream().filter(rule -> rule.effect() == effect).findFirst();
  }

  private static List<Obligation> obligations(List<Fired> fired) {
    var obligations = new LinkedHashSet<Obligation>();
    for (var rule : fired) {
      for (var duty : rule.bound().rule().obligations()) {
        obligations.add(new Obligation(duty.id(), duty.type(), duty.properties()));
      }
    }
    return List.copyOf(obligations);
  }
}
