package dev.cordon.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Problem;
import dev.cordon.policy.bundle.BundleLoader;
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

  private PolicyEnforcementPoint point(String duty) throws Exception {
    Files.writeString(folder.resolve("acme.yaml"), PACK.formatted(duty));
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
    return new Trail(
        UUID.randomUUID(),
        Instant.EPOCH,
        LeafKind.ANALYSIS,
        new Caller("acme", Set.of("caller")),
        new AnalysisRequest(
            "image-tagging",
            "stock",
            "retail",
            Set.of(),
            List.of(),
            new Question.Labels(List.of("cat"), List.of("{}")),
            AnswerOptions.DEFAULT,
            new byte[0]),
        new byte[0]);
  }
}
