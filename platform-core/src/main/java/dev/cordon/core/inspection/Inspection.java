package dev.cordon.core.inspection;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.ImageFacts;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets the policy see facts about the pixels (size and quality) before a model does. */
@ApplicationScoped
public class Inspection {
  private final PolicyEnforcementPoint policy;

  public Inspection(PolicyEnforcementPoint policy) {
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
    policy.enforce(admitted.trail(), facts);
    return facts;
  }
}
