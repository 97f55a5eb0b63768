package dev.cordon.core.admission;

import dev.cordon.core.command.Trail;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.language.Facts;

/** Proof that a call passed screen, consent and policy; only {@link Admission} can make one. */
public final class Admitted {
  private final Trail trail;
  private final Facts facts;
  private final Decision decision;

  Admitted(Trail trail, Facts facts, Decision decision) {
    this.trail = trail;
    this.facts = facts;
    this.decision = decision;
  }

  public Trail trail() {
    return trail;
  }

  /** The facts of the admission stage; later stages add to them. */
  public Facts facts() {
    return facts;
  }

  public Decision decision() {
    return decision;
  }
}
