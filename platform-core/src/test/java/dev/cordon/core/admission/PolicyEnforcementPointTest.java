package dev.cordon.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.Screening;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A permit counts only as far as the host can do what it asks for. */
class PolicyEnforcementPointTest {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme:
          %s
          purposes:
            stock: { legal_basis: legitimate_interests }
      rules:
        - id: acme-permit
          effect: permit
          stage: admission
          when: purpose.registered
          explanation: registered
          obligations:
            - { id: duty, type: %s }
      """;

  @TempDir private Path folder;

  @Test
  @Tag("R17")
  void deniesAPermitWhoseObligationItCannotFulfil() throws Exception {
    PolicyEnforcementPoint point = point("blur_faces");
    Trail trail = trail();
    Problem problem = assertThrows(Problem.class, () -> point.enforce(trail, facts()));
    assertEquals("OBLIGATION_UNFULFILLABLE", problem.code());
    assertEquals(Effect.DENY, trail.decision().orElseThrow().effect());
  }

  @Test
  void permitsWithAnObligationItFulfils() throws Exception {
    assertEquals(Effect.PERMIT, point("keep_on_edge").enforce(trail(), facts()).effect());
  }

  @Test
  void deniesAModelWhoseLicenceTheTenantDoesNotAllow() throws Exception {
    PolicyEnforcementPoint point = point("licences: [MIT]", "keep_on_edge");
    ModelPackage toy =
        ModelPackage.open(Path.of("../models/testdata/families/clip-vit-b32").normalize());
    Trail trail = trail();
    Decision permit = point.enforce(trail, facts());

    Problem problem =
        assertThrows(Problem.class, () -> point.requireLicence(trail, permit, () -> toy));

    assertEquals("LICENCE_REFUSED", problem.code());
    assertEquals(403, problem.status());
    assertTrue(problem.getMessage().contains("`Apache-2.0`"), problem.getMessage());
    Decision denial = trail.decision().orElseThrow();
    assertEquals(Effect.DENY, denial.effect());
    assertEquals(List.of(), denial.rules(), "rules that permit are no reasons");
    assertEquals(toy.digest(), trail.leaf("deny", problem.code()).model());
  }

  @Test
  void saysNothingOfALicenceWhereNoModelIsActive() throws Exception {
    PolicyEnforcementPoint point = point("licences: [MIT]", "keep_on_edge");
    Trail trail = trail();
    Decision permit = point.enforce(trail, facts());
    assertEquals(permit, point.licensed(trail, permit, Optional::empty));
  }

  @Test
  void allowsWhatTheTenantListsAndWhereItListsNothing() throws Exception {
    ModelPackage toy =
        ModelPackage.open(Path.of("../models/testdata/families/clip-vit-b32").normalize());
    for (String licences : List.of("licences: [MIT, Apache-2.0]", "jurisdictions: [EU]")) {
      PolicyEnforcementPoint point = point(licences, "keep_on_edge");
      Trail trail = trail();
      Decision permit = point.enforce(trail, facts());

      point.requireLicence(trail, permit, () -> toy);

      assertEquals(Effect.PERMIT, trail.decision().orElseThrow().effect());
    }
  }

  @Test
  void aPurposeRestsOnConsentUnlessItIsRegisteredOnAnotherGround() throws Exception {
    PolicyEnforcementPoint point = point("keep_on_edge");
    assertFalse(point.restsOnConsent(trail()));
    assertTrue(point.restsOnConsent(trail("acme", "unheard-of")));
    assertTrue(point.restsOnConsent(trail("nobody", "stock")));
    assertTrue(point.restsOnConsent(trail("demo", "accessibility-captions")));
  }

  private PolicyEnforcementPoint point(String duty) throws Exception {
    return point("jurisdictions: [EU]", duty);
  }

  private PolicyEnforcementPoint point(String more, String duty) throws Exception {
    Files.writeString(folder.resolve("acme.yaml"), PACK.formatted(more, duty));
    return new PolicyEnforcementPoint(
        new PolicyDecisionPoint(BundleLoader.load(Optional.of(folder))));
  }

  private static Facts facts() {
    return new Facts(
        Stage.ADMISSION,
        Instant.EPOCH,
        "acme",
        Set.of("caller"),
        "image-tagging",
        "stock",
        "retail",
        Set.of(),
        0,
        0,
        Screening.CLEAN,
        Optional.empty(),
        Optional.empty());
  }

  private static Trail trail() {
    return trail("acme", "stock");
  }

  private static Trail trail(String tenant, String purpose) {
    return new Trail(
        UUID.randomUUID(),
        Instant.EPOCH,
        LeafKind.ANALYSIS,
        new Caller(tenant, Set.of("caller")),
        new AnalysisRequest(
            "image-tagging",
            purpose,
            "retail",
            Set.of(),
            List.of(),
            new Question.Labels(List.of("cat"), List.of("{}")),
            AnswerOptions.DEFAULT,
            new byte[0]),
        new byte[0]);
  }
}
