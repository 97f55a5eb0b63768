package dev.cordon.policy.language;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of the declared variables for one call; a fact that is absent has no entry. */
public final class Activation {
  private Activation() {}

  /**
   * Variables from the facts and from what the bundle knows of them: all jurisdictions that bind
   * the call, and the legal basis if the purpose is registered for it.
   */
  public static Map<String, Object> of(
      Facts facts, Set<String> jurisdictions, Optional<String> legalBasis) {
    var variables = new HashMap<String, Object>(32);
    variables.put("stage", facts.stage().word());
    variables.put("now", facts.now());
    variables.put("tenant", facts.tenant());
    variables.put("roles", sorted(facts.roles()));
    variables.put("capability", facts.capability());
    variables.put("area", facts.area());
    variables.put("jurisdictions", sorted(jurisdictions));
    variables.put("purpose.id", facts.purpose());
    variables.put("purpose.registered", legalBasis.isPresent());
    variables.put("purpose.legal_basis", legalBasis.orElse("none"));
    variables.put("subjects.named", (long) facts.subjectsNamed());
    variables.put("subjects.without_consent", (long) facts.subjectsWithoutConsent());
    variables.put("screening.verdict", facts.screening().verdict().name().toLowerCase(Locale.ROOT));
    variables.put("screening.categories", sorted(facts.screening().categories()));
    variables.put("screening.signals", sorted(facts.screening().signals()));
    variables.put("image.present", facts.image().isPresent());
    facts.image().ifPresent(image -> put(variables, image));
    variables.put("output.present", facts.output().isPresent());
    facts.output().ifPresent(o -> variables.put("output.findings", (long) o.findings()));
    return variables;
  }

  private static void put(Map<String, Object> variables, ImageFacts image) {
    variables.put("image.width", (long) image.width());
    variables.put("image.height", (long) image.height());
    variables.put("image.sharpness", image.sharpness());
    variables.put("image.brightness", image.brightness());
    variables.put("image.contrast", image.contrast());
  }

  private static List<String> sorted(Set<String> values) {
    return values.stream().sorted().toList();
  }
}
