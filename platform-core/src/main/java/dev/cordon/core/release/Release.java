package dev.cordon.core.release;

import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admission.Admission;
import dev.cordon.core.admission.Admitted;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.routing.Route;
import dev.cordon.gallery.collection.Item;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.OutputFacts;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Screening;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The last gate: screens findings, asks the policy's output stage, commits the leaf. */
@ApplicationScoped
public class Release {
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*");
  private static final Pattern ITEM = Pattern.compile(Item.NAME);

  /** Side of the low-resolution masks that segmenters of the SAM family take. */
  private static final int MASK_SIDE = 256;

  private static final float MOST_LOGIT = 100;

  private final Admission admission;
  private final Clock clock;
  private final PromptScreen screen;
  private final PolicyEnforcementPoint policy;
  private final AuditWriter audit;
  private final CostLedger costs;

  public Release(
      Admission admission,
      PromptScreen screen,
      PolicyEnforcementPoint policy,
      AuditWriter audit,
      CostLedger costs,
      Clock clock) {
    this.admission = admission;
    this.screen = screen;
    this.clock = clock;
    this.policy = policy;
    this.audit = audit;
    this.costs = costs;
  }

  /** Releases the findings with their receipt, or throws, releases nothing and changes nothing. */
  public Released release(
      Admitted admitted,
      Facts input,
      Route route,
      Found found,
      Standing standing,
      Keeping keeping) {
    Trail trail = admitted.trail();
    refuseNonsense(found.findings(), geometry(input));
    Screening said = screenOutput(trail, found.findings());
    // INVARIANT: consent is looked at again in the transaction of the leaf, so no answer's leaf
    // follows the leaf of a withdrawal that stops it.
    return costs.commit(
        trail.bill(),
        settling -> {
          int missing = admission.missingConsents(trail, clock.instant());
          List<Finding> findings = List.copyOf(standing.settle(found.findings()));
          OutputFacts output = new OutputFacts(findings.size());
          policy.enforce(trail, input.atOutput(said, output, missing));
          trail.decided(admitted.decision());
          Receipt receipt = settling.append(trail.leaf("permit", admitted.decision().code()));
          Released released =
              new Released(
                  trail.id(),
                  geometry(input),
                  new Found(findings, found.segments(), found.proposer()),
                  admitted.decision(),
                  trail.plugin(),
                  route,
                  receipt);
          keeping.answered(released);
          return released;
        });
  }

  /** Puts a decision on record that nothing is released for. */
  public Receipt record(Trail trail, Decision decision) {
    return audit.write(trail.leaf(word(decision.effect()), decision.code()));
  }

  /**
   * Puts a call that ends without an answer on record; without a record the caller learns only
   * that.
   */
  public Problem refuse(Trail trail, Problem problem, Keeping keeping) {
    Optional<Decision> denial =
        trail.decision().filter(decision -> decision.effect() != Effect.PERMIT);
    String effect = denial.map(decision -> word(decision.effect())).orElse("error");
    return costs.commit(
        trail.bill(),
        settling -> {
          Receipt receipt = settling.append(trail.leaf(effect, problem.code()));
          Problem recorded = problem.recorded(new Problem.Refusal(trail.id(), denial, receipt));
          keeping.refused(recorded);
          return recorded;
        });
  }

  /** A call that cannot be put on record still owes what targets have done for it. */
  public void leave(Trail trail) {
    costs.leave(trail.bill());
  }

  private static String word(Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT);
  }

  /** What the plugin says passes the same screen as what the caller asks (R15). */
  private Screening screenOutput(Trail trail, List<Finding> findings) {
    Set<String> asked = new HashSet<>(trail.request().texts().labels());
    Set<String> said =
        findings.stream()
            .flatMap(finding -> text(finding).stream())
            .filter(text -> !asked.contains(text))
            .collect(Collectors.toSet());
    return said.isEmpty()
        ? Screening.CLEAN
        : screen.screen(
            new ScreenedTexts(said.stream().sorted().toList(), List.of("{}"), Optional.empty()));
  }

  /** Scores are probabilities, boxes lie in the image, and names are names: no channel for more. */
  private static void refuseNonsense(List<Finding> findings, Optional<ImageGeometry> image) {
    for (Finding finding : findings) {
      boolean sound =
          switch (finding) {
            case Finding.Tag tag -> true;
            case Finding.Box box -> isInside(box.box(), image);
            case Finding.SegmentationPrompt prompt ->
                image.filter(size -> isSound(prompt, size)).isPresent();
            case Finding.Caption caption -> LANGUAGE.matcher(caption.language()).matches();
            case Finding.Match match -> ITEM.matcher(match.item()).matches();
          };
      // Written so that a score that is no number fails too.
      if (!sound || !(finding.score() >= 0 && finding.score() <= 1)) {
        throw Problem.of(Code.INTERNAL, "the plugin gave an answer that is none");
      }
    }
  }

  private static boolean isSound(Finding.SegmentationPrompt prompt, ImageGeometry image) {
    Finding.LowResolutionMask mask = prompt.mask();
    return (prompt.box() == null || prompt.box().isInside(image))
        && prompt.points().stream().allMatch(point -> isInside(point, image))
        && (mask == null
            || mask.width() == MASK_SIDE && mask.height() == MASK_SIDE && areLogits(mask));
  }

  /** Written so that a logit that is no number fails too. */
  private static boolean areLogits(Finding.LowResolutionMask mask) {
    for (int row = 0; row < MASK_SIDE; row++) {
      for (int column = 0; column < MASK_SIDE; column++) {
        if (!(Math.abs(mask.logit(row, column)) <= MOST_LOGIT)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isInside(Finding.PromptPoint point, ImageGeometry image) {
    return point.x() >= 0
        && point.x() < image.width()
        && point.y() >= 0
        && point.y() < image.height();
  }

  private static boolean isInside(Region box, Optional<ImageGeometry> image) {
    return image.filter(box::isInside).isPresent();
  }

  /** Of the call's image, if it has one. */
  private static Optional<ImageGeometry> geometry(Facts input) {
    return input.image().map(image -> new ImageGeometry(image.width(), image.height()));
  }

  private static Optional<String> text(Finding finding) {
    return switch (finding) {
      case Finding.Tag tag -> Optional.of(tag.label());
      case Finding.Box box -> Optional.of(box.label());
      case Finding.SegmentationPrompt prompt -> Optional.of(prompt.label());
      case Finding.Caption caption -> Optional.of(caption.text());
      case Finding.Match match -> Optional.empty();
    };
  }
}
