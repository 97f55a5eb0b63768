package dev.cordon.core.inspection;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.ImageFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets the policy see facts about the pixels (size and quality) before a model does. */
@ApplicationScoped
public class Inspection {
  private final PolicyEnforcementPoint policy;

  public Inspection(PolicyEnforcementPoint policy) {
    this.policy = policy;
  }

  /** As below; a call without an image has no pixels to ask the input stage about. */
  public Facts inspect(Admitted admitted, Optional<DecodedImage> picture) {
    return picture.map(given -> inspect(admitted, given)).orElseGet(admitted::facts);
  }

  /** Returns when the input stage permits; the facts then include the image's. */
  private Facts inspect(Admitted admitted, DecodedImage picture) {
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
