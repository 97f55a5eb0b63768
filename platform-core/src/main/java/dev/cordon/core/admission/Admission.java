package dev.cordon.core.admission;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.Companions;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.onnx.OnnxProposer;
import dev.cordon.models.onnx.OnnxSegmenter;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.Screening;
import dev.cordon.spi.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a call may go on, before a pixel is decoded: prompt screen, consent, policy. */
@ApplicationScoped
public class Admission {
  private final PromptScreen screen;
  private final ConsentLedger consents;
  private final Pseudonyms pseudonyms;
  private final PolicyEnforcementPoint policy;
  private final AuditWriter audit;
  private final ActiveModel active;
  private final Companions companions;

  public Admission(
      PromptScreen screen,
      ConsentLedger consents,
      Pseudonyms pseudonyms,
      PolicyEnforcementPoint policy,
      AuditWriter audit,
      ActiveModel active,
      Companions companions) {
    this.screen = screen;
    this.consents = consents;
    this.pseudonyms = pseudonyms;
    this.policy = policy;
    this.audit = audit;
    this.active = active;
    this.companions = companions;
  }

  /** What the policy says of a call and what the screen found in its texts. */
  public record Assessment(Screening screening, Facts facts, Decision decision) {}

  /**
   * Admits the call with the models it may use, or throws the denial; what regions a plugin may ask
   * for depends on its permissions.
   */
  public Admitted admit(Trail trail, Set<Permission> permissions) {
    Assessment assessment = ask(trail);
    if (assessment.decision().effect() != Effect.PERMIT) {
      throw Problem.denied(assessment.decision());
    }
    ModelSlot.Loan model = active.borrow();
    try {
      policy.requireLicence(trail, assessment.decision(), model::pack);
      Optional<OnnxSegmenter> segmenter = segmenter(trail, assessment.decision());
      Optional<OnnxProposer> proposer =
          permissions.contains(Permission.PROPOSALS) ? proposer(trail) : Optional.empty();
      return new Admitted(
          trail, assessment.facts(), assessment.decision(), model, segmenter, proposer);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** The segmenter that the call asks for: one that its tenant's licences allow, or a refusal. */
  private Optional<OnnxSegmenter> segmenter(Trail trail, Decision permit) {
    if (!cutsMasks(trail)) {
      return Optional.empty();
    }
    OnnxSegmenter segmenter =
        companions
            .segmenter()
            .orElseThrow(
                () ->
                    Problem.at(
                        "request.options.masks",
                        Code.QUESTION_UNANSWERABLE,
                        "no segmenter package is active; without `masks` the rough masks of the"
                            + " prompts are given"));
    policy.requireLicence(trail, permit, segmenter::pack);
    return Optional.of(segmenter);
  }

  /**
   * The proposal model, where one is active. Nobody asked for it, so a tenant whose licences do not
   * allow it is answered without it; one that cannot be loaded ends the call.
   */
  private Optional<OnnxProposer> proposer(Trail trail) {
    return companions.proposer().filter(found -> policy.allowsLicence(trail, found.pack()));
  }

  private static boolean cutsMasks(Trail trail) {
    return switch (trail.request().masks()) {
      case PROMPT -> false;
      case SEGMENTER -> true;
    };
  }

  /**
   * Decides as {@link #admit} would, without letting anything through; the trail notes consent and
   * decision. Where no model is active nothing is said of its licence.
   */
  public Assessment assess(Trail trail) {
    Assessment asked = ask(trail);
    if (asked.decision().effect() != Effect.PERMIT) {
      return asked;
    }
    Decision decision = policy.licensed(trail, asked.decision(), this::activePackage);
    if (decision.effect() == Effect.PERMIT && cutsMasks(trail)) {
      decision =
          policy.licensed(trail, decision, () -> companions.segmenter().map(OnnxSegmenter::pack));
    }
    return new Assessment(asked.screening(), asked.facts(), decision);
  }

  private Optional<ModelPackage> activePackage() {
    Optional<ModelSlot.Loan> model = active.lend();
    model.ifPresent(ModelSlot.Loan::close);
    return model.map(ModelSlot.Loan::pack);
  }

  private Assessment ask(Trail trail) {
    AnalysisRequest request = trail.request();
    Screening screening = screen.screen(request.texts());
    ConsentCheck check = checkConsent(trail);
    Facts facts =
        new Facts(
            Stage.ADMISSION,
            trail.time(),
            trail.caller().tenant(),
            trail.caller().roles(),
            request.capability(),
            request.purpose(),
            request.area(),
            request.jurisdictions(),
            request.subjects().size(),
            check.missing().size(),
            screening,
            Optional.empty(),
            Optional.empty());
    return new Assessment(screening, facts, policy.decide(trail, facts));
  }

  /**
   * How many named subjects have no valid consent now; in the transaction the caller holds, until
   * whose end no withdrawal of theirs can commit.
   */
  public int missingConsents(Trail trail, Instant now) {
    return trail.subjects().isEmpty() ? 0 : consents.check(query(trail, now)).missing().size();
  }

  private ConsentCheck checkConsent(Trail trail) {
    AnalysisRequest request = trail.request();
    if (request.subjects().isEmpty()) {
      return new ConsentCheck(List.of(), List.of());
    }
    String tenant = trail.caller().tenant();
    List<String> subjects =
        request.subjects().stream().map(subject -> pseudonyms.of(tenant, subject)).toList();
    trail.consent(subjects, List.of());
    ConsentCheck check = audit.commit(() -> consents.check(query(trail, trail.time())));
    trail.consent(subjects, check.consentIds());
    return check;
  }

  private static ConsentQuery query(Trail trail, Instant now) {
    AnalysisRequest request = trail.request();
    return new ConsentQuery(
        trail.caller().tenant(),
        trail.subjects(),
        request.purpose(),
        request.capability(),
        request.area(),
        now);
  }
}
