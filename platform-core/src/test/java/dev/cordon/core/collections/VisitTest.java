package dev.cordon.core.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.Embedding;
import dev.cordon.core.routing.Route;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Match;
import dev.cordon.spi.Question;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call still finds, or may still keep, in the transaction of its leaf. */
class VisitTest {
  private static final String SUBJECT = "5".repeat(64);
  private static final Route ROUTE = new Route(null, new OneVector(), "edge", null, "only one");

  private final RememberedCollections store = new RememberedCollections();
  private final Shelf shelf = DirectWriter.shelf(store, 100);
  private final ImageCollection collection = store.create("a");

  @Test
  void anAnswerAboutAGenerationThatAnswersNoMoreIsRefusedAnEmptyOneToo() throws Exception {
    store.keep(collection, "item");
    SearchVisit visit = search(true);
    store.activate(collection, 2);

    List<Finding> found = visit.findings(ROUTE, gallery -> List.of());

    assertEquals(409, assertThrows(Problem.class, () -> visit.settle(found)).status());
    List<Finding> match = List.of(new Match("item", 0.5f));
    assertEquals(409, assertThrows(Problem.class, () -> visit.settle(match)).status());
  }

  @Test
  void anEmptyAnswerOfTheGenerationThatAnswersStands() {
    assertEquals(List.of(), search(true).settle(List.of()));
  }

  @Test
  @Tag("R23")
  void consentIsAskedForWhereThePurposeRestsOnItOnly() {
    store.keep(collection, "theirs", SUBJECT);
    store.keep(collection, "nobody");
    List<Finding> found = List.of(new Match("theirs", 0.9f), new Match("nobody", 0.5f));

    assertEquals(found.subList(1, 2), search(true).settle(found));
    assertEquals(found, search(false).settle(found));
  }

  @Test
  void aFullCollectionTakesAReplacementAndNothingNew() throws Exception {
    store.keep(collection, "there", SUBJECT);
    store.more = KeepVisit.MOST_ITEMS - 1;

    Visit replacing = keep("there");
    assertEquals(List.of(), replacing.settle(List.of()));
    assertEquals(
        List.of(), store.items(collection.id(), 1, List.of("there")).get("there").subjects());
    Visit adding = keep("new");
    assertEquals(409, assertThrows(Problem.class, () -> adding.settle(List.of())).status());
  }

  private Visit keep(String item) throws Exception {
    Visit visit = new KeepVisit(store, shelf, trail(), collection, item);
    visit.findings(ROUTE, gallery -> List.of());
    return visit;
  }

  private SearchVisit search(boolean restsOnConsent) {
    return new SearchVisit(
        store,
        shelf,
        new ConsentsThatEnded(SUBJECT),
        Clock.systemUTC(),
        trail(),
        restsOnConsent,
        collection);
  }

  private static Trail trail() {
    AnalysisRequest request =
        new AnalysisRequest(
            "image-search",
            RememberedCollections.PURPOSE,
            "retail",
            Set.of(),
            List.of(),
            new Question.Open(),
            AnswerOptions.DEFAULT,
            new byte[0]);
    return new Trail(
        UUID.randomUUID(),
        Instant.parse("2026-11-25T00:00:00Z"),
        LeafKind.ANALYSIS,
        new Caller("demo", Set.of("caller")),
        request,
        new byte[0]);
  }

  /** The same vector for every question. */
  private static final class OneVector implements Embedding {
    @Override
    public VectorSpace space() {
      return RememberedCollections.SPACE;
    }

    @Override
    public UnitVector image() {
      return RememberedCollections.VECTOR;
    }

    @Override
    public UnitVector text(String text) {
      return RememberedCollections.VECTOR;
    }

    @Override
    public float probability(float cosine) {
      return Math.max(0, cosine);
    }
  }
}
