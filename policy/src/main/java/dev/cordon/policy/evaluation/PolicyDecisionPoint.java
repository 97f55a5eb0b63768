package dev.cordon.policy.evaluation;

import dev.cordon.policy.bundle.PolicyBundle;
import dev.cordon.policy.language.Facts;

/** Decides over one bundle; deterministic, thread-safe, and a deny whenever anything goes wrong. */
public final class PolicyDecisionPoint {
  private final PolicyBundle bundle;

  public PolicyDecisionPoint(PolicyBundle bundle) {
    this.bundle = bundle;
  }

  /** Decides one stage of one call; never throws for a rule that fails. */
  public Decision decide(Facts facts) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The bundle this point decides over. */
  public PolicyBundle bundle() {
    return bundle;
  }
}
