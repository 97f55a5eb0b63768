package dev.cordon.core.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.admin.ConsentDesk;
import dev.cordon.gallery.collection.ImageCollection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which order a withdrawal locks, erases and appends. */
class ErasureTest {
  private static final String SUBJECT = "5".repeat(64);

  private final RememberedCollections store = new RememberedCollections();
  private final ConsentsThatEnded consents = new ConsentsThatEnded(SUBJECT);
  private final Erasure erasure = new Erasure(store, consents, DirectWriter.shelf(store, 100));

  @Test
  @Tag("R24")
  void everyCollectionIsLockedBeforeTheFirstLeafIsAppended() {
    for (String name : List.of("a", "b", "c")) {
      store.keep(store.create(name), "theirs", SUBJECT);
    }
    ConsentDesk desk =
        new ConsentDesk(consents, erasure, new DirectWriter(store.steps), Clock.systemUTC());

    desk.withdraw("demo", UUID.randomUUID());

    assertEquals(10, store.steps.size(), store.steps::toString);
    assertTrue(store.steps.subList(0, 3).stream().allMatch(step -> step.startsWith("lock ")));
    assertEquals(
        List.of("erase theirs", "erase theirs", "erase theirs"), store.steps.subList(3, 6));
    assertEquals("append consent-withdrawn", store.steps.get(6));
    assertTrue(store.steps.subList(7, 10).stream().allMatch("append item-erased"::equals));
  }

  @Test
  @Tag("R24")
  void anItemThatNamesTheSubjectNoMoreWhenTheLockIsHadStays() {
    ImageCollection collection = store.create("a");
    store.keep(collection, "replaced", SUBJECT);
    store.keep(collection, "theirs", SUBJECT);
    store.before = () -> store.keep(collection, "replaced");

    assertEquals(1, erasure.forget("demo", RememberedCollections.PURPOSE, SUBJECT, now()).size());

    assertEquals(List.of("lock a", "erase theirs"), store.steps);
    assertEquals(1, store.items(collection.id(), 1, List.of("replaced")).size());
  }

  @Test
  void nothingIsPutOnRecordWhereNothingIsErased() {
    ImageCollection collection = store.create("a");
    store.keep(collection, "replaced", SUBJECT);
    store.before = () -> store.keep(collection, "replaced");

    assertEquals(List.of(), erasure.forget("demo", RememberedCollections.PURPOSE, SUBJECT, now()));
  }

  private static Instant now() {
    return Instant.parse("2026-11-25T00:00:00Z");
  }
}
