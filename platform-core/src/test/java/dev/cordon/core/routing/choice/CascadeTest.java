package dev.cordon.core.routing.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Choice.Taken;
import dev.cordon.spi.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CascadeTest {
  private static final Candidate EDGE = Candidate.edge(1, 0);
  private static final Candidate THERE =
      new Candidate(
          "there", "EU", Set.of("acme"), Set.of("unclassified"), Optional.empty(), 900, 5);

  private final Cascade cascade = new Cascade(0.6);
  private final Chooser chooser = new Chooser(1_000);

  private static Finding tag(String label, double score) {
    return new Finding.Tag(label, (float) score);
  }

  private static Asked asked(Optional<Rejection> atEdge, String... classes) {
    return new Asked("acme", atEdge, Set.of(), Set.of(classes), Optional.empty(), Optional.empty());
  }

  @Test
  void theEdgeIsUnsureBelowTheThresholdAndWhenItAbstains() {
    assertFalse(cascade.isUnsure(List.of(tag("cat", 0.6), tag("none of these", 0.1))));
    assertTrue(cascade.isUnsure(List.of(tag("cat", 0.59), tag("dog", 0.3))));
    assertTrue(cascade.isUnsure(List.of(tag("cat", 0.61), tag("none of these", 0.7))));
    assertTrue(cascade.isUnsure(List.of(tag("none of these", 0.9))));
    assertFalse(cascade.isUnsure(List.of()), "nothing found is an answer");
  }

  @Test
  void theEdgeIsFirstWhateverATargetPromises() {
    Taken first =
        (Taken) chooser.edgeFirst(asked(Optional.empty(), "unclassified"), List.of(EDGE, THERE));
    assertTrue(first.target().isEdge());
    assertEquals(List.of(new Rejected("there", Rejection.EDGE_FIRST)), first.rejected());
  }

  @Test
  void thenTheBestTargetHoweverSlowAndBothReasonsAreTold() {
    Taken then =
        assertInstanceOf(
            Taken.class,
            chooser.afterEdge(asked(Optional.empty(), "unclassified"), List.of(EDGE, THERE)));
    assertEquals("there", then.target().id());
    assertEquals(List.of(new Rejected("edge", Rejection.EDGE_UNSURE)), then.rejected());
    assertTrue(then.reason().startsWith("the edge was unsure of its answer, and `there`"));
  }

  @Test
  @Tag("R17")
  void whatMayNotLeaveStaysThoughTheEdgeIsUnsure() {
    for (Asked kept :
        List.of(
            asked(Optional.of(Rejection.KEEP_ON_EDGE), "unclassified"),
            asked(Optional.empty(), "health"))) {
      Taken stays = (Taken) chooser.afterEdge(kept, List.of(EDGE, THERE));
      assertTrue(stays.target().isEdge());
    }
    Taken spent =
        (Taken)
            chooser.afterEdge(
                asked(Optional.empty(), "unclassified"),
                List.of(EDGE, THERE.with(Rejection.BUDGET_EXHAUSTED)));
    assertTrue(spent.target().isEdge());
    assertEquals(Rejection.BUDGET_EXHAUSTED, spent.rejected().getFirst().why());
  }
}
