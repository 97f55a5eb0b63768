package dev.cordon.core.admission;

import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.bundle.LegalBasis;
import dev.cordon.policy.bundle.Tenant;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.Obligation;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the policy and holds the host to the answer; a permit whose obligations this host cannot
 * fulfil is a denial (R17).
 */
@ApplicationScoped
public class PolicyEnforcementPoint {
  /** Duties that routing fulfils, if it hears of them before anything leaves. */
  private static final Set<String> ROUTED = Set.of("keep_on_edge", "keep_in_region", "data_class");

  private final PolicyDecisionPoint policy;

  public PolicyEnforcementPoint(PolicyDecisionPoint policy) {
    this.policy = policy;
  }

  /** The decision of any stage, noted on the trail. */
  public Decision decide(Trail trail, Facts facts) {
    Decision decision = fulfillable(trail, policy.decide(facts));
    trail.decided(decision);
    return decision;
  }

  /** The decision when it permits; otherwise throws the denial. */
  public Decision enforce(Trail trail, Facts facts) {
    Decision decision = decide(trail, facts);
    if (decision.effect() != Effect.PERMIT) {
      throw Problem.denied(decision);
    }
    return decision;
  }

  /** Whether the call's purpose rests on consent; one that is not registered counts as resting. */
  public boolean restsOnConsent(Trail trail) {
    AnalysisRequest request = trail.request();
    return policy
        .bundle()
        .tenant(trail.caller().tenant())
        .map(tenant -> tenant.purposes().get(request.purpose()))
        .filter(purpose -> purpose.covers(request.capability(), request.area()))
        .filter(purpose -> purpose.legalBasis() != LegalBasis.CONSENT)
        .isEmpty();
  }

  /** Whether a registered purpose rests on consent for this capability and area. */
  public boolean restsOnConsent(String tenant, String purpose, String capability, String area) {
    return policy
        .bundle()
        .tenant(tenant)
        .map(found -> found.purposes().get(purpose))
        .filter(known -> known.covers(capability, area))
        .filter(known -> known.legalBasis() == LegalBasis.CONSENT)
        .isPresent();
  }

  /** Denies a permitted call whose tenant does not allow the licence of the model it would get. */
  void requireLicence(Trail trail, Decision permit, Supplier<ModelPackage> model) {
    Decision decision = licensed(trail, permit, () -> Optional.of(model.get()));
    if (decision.effect() != Effect.PERMIT) {
      throw Problem.denied(decision);
    }
  }

  /**
   * The permit, or a denial when the tenant does not allow the licence of the model; the model is
   * looked up only for a tenant that names licences.
   */
  Decision licensed(Trail trail, Decision permit, Supplier<Optional<ModelPackage>> model) {
    Optional<LicenceGate> gate = licences(trail);
    if (gate.isEmpty()) {
      return permit;
    }
    Optional<ModelPackage> pack = model.get();
    Optional<String> refusal = pack.flatMap(found -> gate.get().refusal(found.manifest()));
    if (refusal.isEmpty()) {
      return permit;
    }
    // No rule denies here: those that fired permit, and are no reasons.
    Decision denial =
        new Decision(
            Effect.DENY,
            Code.LICENCE_REFUSED.name(),
            permit.bundle(),
            List.of(),
            List.of(),
            "the tenant's licences do not allow the model: " + refusal.get());
    trail.decided(denial);
    trail.routed(pack.get().digest(), "");
    return denial;
  }

  /** Whether the tenant allows the licence of a model that a call can do without. */
  boolean allowsLicence(Trail trail, ModelPackage model) {
    return licences(trail).flatMap(gate -> gate.refusal(model.manifest())).isEmpty();
  }

  private Optional<LicenceGate> licences(Trail trail) {
    return policy
        .bundle()
        .tenant(trail.caller().tenant())
        .flatMap(Tenant::licences)
        .map(allowed -> new LicenceGate(List.copyOf(allowed)));
  }

  private static Decision fulfillable(Trail trail, Decision decision) {
    List<String> unknown =
        decision.obligations().stream()
            .filter(duty -> !ROUTED.contains(duty.type()) || !trail.heeds(duty))
            .map(Obligation::type)
            .toList();
    return decision.effect() != Effect.PERMIT || unknown.isEmpty()
        ? decision
        : new Decision(
            Effect.DENY,
            Code.OBLIGATION_UNFULFILLABLE.name(),
            decision.bundle(),
            decision.rules(),
            decision.obligations(),
            "this host cannot fulfil the obligation `" + unknown.getFirst() + "`");
  }
}
