package dev.cordon.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admission.Admission;
import dev.cordon.core.admission.Admitted;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.routing.Route;
import dev.cordon.core.segmentation.Segments;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.language.ImageFacts;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last gate, with the shipped policy and a log in memory. */
class ReleaseTest {
  private static final Route ROUTE = new Route(null, null, "edge", null, "the only one");

  private final MemoryLog log = new MemoryLog();
  private Release release;
  private Admission admission;

  @BeforeEach
  void load() throws Exception {
    PolicyEnforcementPoint policy =
        new PolicyEnforcementPoint(new PolicyDecisionPoint(BundleLoader.load(Optional.empty())));
    PromptScreen screen = PromptScreen.shipped();
    AuditWriter writer = new DirectWriter(log);
    admission = new Admission(screen, null, null, policy, writer, new Approved(), null);
    CostLedger costs = new CostLedger(null, null, writer, null, null);
    release = new Release(admission, screen, policy, writer, costs, Clock.systemUTC());
  }

  @Test
  void releasesWhatWasAskedWithItsLeaf() {
    Released released = release(new Finding.Tag("cat", 0.9f));
    assertEquals(1, released.findings().size());
    assertEquals("permit", log.leaves.getFirst().effect());
  }

  @Test
  @Tag("R15")
  void refusesALabelThatThePluginInventsAboutAPerson() {
    Problem problem =
        assertThrows(Problem.class, () -> release(new Finding.Tag("angry man", 0.9f)));
    assertEquals(403, problem.status());
    assertEquals("BIOMETRIC_USE", problem.code());
    assertTrue(log.leaves.isEmpty(), "the pipeline puts the refusal on record, not the release");
  }

  @Test
  @Tag("R15")
  void refusesACaptionAboutAPersonsOrigin() {
    assertEquals(
        403,
        assertThrows(
                Problem.class,
                () -> release(new Finding.Caption("an Asian man at a desk", 0.9f, "en")))
            .status());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.1f, 1.1f, Float.POSITIVE_INFINITY})
  void refusesAScoreThatIsNoProbability(float score) {
    Problem problem = assertThrows(Problem.class, () -> release(new Finding.Tag("cat", score)));
    assertEquals(Code.INTERNAL.name(), problem.code());
  }

  @Test
  void refusesABoxOutsideTheImageAndNamesThatAreNone() {
    for (Finding finding :
        List.of(
            new Finding.Box("cat", 0.5f, new Region(5, 5, 6, 5)),
            new Finding.Match("an angry man", 0.5f),
            new Finding.Caption("a cat", 0.5f, "an angry man"))) {
      assertEquals(500, assertThrows(Problem.class, () -> release(finding)).status());
    }
  }

  @Test
  @Tag("R34")
  void withoutALeafThereIsNoAnswer() {
    log.gone = true;
    Problem problem = assertThrows(Problem.class, () -> release(new Finding.Tag("cat", 0.9f)));
    assertEquals(503, problem.status());
  }

  @Test
  @Tag("R34")
  void withoutALeafThereIsNoRefusalEither() {
    log.gone = true;
    Trail trail = trail();
    Problem denied = Problem.of(Code.IMAGE_INVALID, "a detail of the call");
    Problem problem =
        assertThrows(Problem.class, () -> release.refuse(trail, denied, Keeping.NONE));
    assertEquals(Code.AUDIT_UNAVAILABLE.name(), problem.code());
  }

  private Released release(Finding finding) {
    Admitted admitted = admission.admit(trail(), Set.of(Permission.SIMILARITIES));
    return release.release(
        admitted,
        admitted.facts().atInput(new ImageFacts(10, 10, 1, 0.5, 0.2)),
        ROUTE,
        new Found(List.of(finding), Segments.NONE, Optional.empty()),
        Standing.UNCHANGED,
        Keeping.NONE);
  }

  private static Trail trail() {
    AnalysisRequest request =
        new AnalysisRequest(
            "image-tagging",
            "inventory-check",
            "retail",
            Set.of(),
            List.of(),
            new Question.Labels(List.of("cat", "dog"), List.of("a photo of a {}")),
            AnswerOptions.DEFAULT,
            new byte[0]);
    return new Trail(
        UUID.randomUUID(),
        Instant.parse("2026-11-24T00:00:00Z"),
        LeafKind.ANALYSIS,
        new Caller("demo", Set.of("caller")),
        request,
        new byte[0]);
  }

  /** A host whose package is active. */
  private static final class Approved extends ActiveModel {
    Approved() {
      super(null, null, null, null, null);
    }

    @Override
    public ModelSlot.Loan borrow() {
      return new ModelSlot.Loan() {
        @Override
        public OnnxImageTextModel model() {
          return null;
        }

        @Override
        public VerifiedPackage verified() {
          return null;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** Runs without a transaction manager; what fails counts as a log that is gone. */
  private static final class DirectWriter extends AuditWriter {
    DirectWriter(AuditLog log) {
      super(log);
    }

    @Override
    public <T> T commit(Supplier<T> work) {
      try {
        return work.get();
      } catch (IllegalStateException e) {
        throw Problem.of(Code.AUDIT_UNAVAILABLE, "gone", e);
      }
    }
  }

  private static final class MemoryLog implements AuditLog {
    private final List<Leaf> leaves = new ArrayList<>();
    private boolean gone;

    @Override
    public Receipt append(Leaf leaf) {
      if (gone) {
        throw new IllegalStateException("the log is gone");
      }
      leaves.add(leaf);
      return new Receipt("test", leaves.size() - 1L, "00");
    }

    @Override
    public void limit(Duration most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean holds(UUID leaf) {
      return leaves.stream().anyMatch(each -> each.id().equals(leaf));
    }

    @Override
    public long size() {
      return leaves.size();
    }

    @Override
    public String checkpoint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> proof(long index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> entries(long from, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String vkey() {
      throw new UnsupportedOperationException();
    }
  }
}
