package dev.cordon.core.inspection;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.problem.Problem;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.ImageFacts;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets the policy see facts about the pixels (size and quality) before a model does. */
@ApplicationScoped
public class Inspection {
  private final PolicyDecisionPoint policy;

  public Inspection(PolicyDecisionPoint policy) {
    this.policy = policy;
  }

  /** Returns when the input stage permits; the facts then include the image's. */
  public Facts inspect(Admitted admitted, DecodedImage picture) {
    ImageFacts image =
        new ImageFacts(
            picture.geometry().width(),
            picture.geometry().height(),
            picture.quality().sharpness(),
            picture.quality().brightness(),
            picture.quality().contrast());
    Facts facts = admitted.facts().atInput(image);
    Decision decision = policy.decide(facts);
    if (decision.effect() != Effect.PERMIT) {
      admitted.trail().decided(decision);
      throw Problem.denied(decision);
    }
    return facts;
  }
}
