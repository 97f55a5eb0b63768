package dev.cordon.core.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.ImageCollection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reading a collection back while others change it, and how long and how often that may go on. */
class ReindexingTest {
  private final RememberedCollections store = new RememberedCollections();
  private final ImageCollection collection = store.create("a");
  private final AtomicInteger changes = new AtomicInteger();

  @Test
  void whatIsReadTwiceIsPutOnRecord() {
    store.keep(collection, "item");

    assertEquals(1, reindexing(Clock.systemUTC()).run("demo", "a").vectors());

    assertEquals(
        List.of("share a", "read a", "read a", "lock a", "append collection-reindexed"),
        store.steps);
  }

  @Test
  void anItemThatCameMeanwhileIsReadToo() {
    store.keep(collection, "item");
    store.before = () -> changeBefore(1);

    assertEquals(2, reindexing(Clock.systemUTC()).run("demo", "a").vectors());
  }

  @Test
  void whileItemsKeepComingTheyWaitForOnce() {
    store.keep(collection, "item");
    store.before = () -> changeBefore(2);

    assertEquals(3, reindexing(Clock.systemUTC()).run("demo", "a").vectors());

    assertEquals("lock a", store.steps.get(8), "before the third reading");
  }

  /** Another call's item comes just before each of so many switches. */
  private void changeBefore(int switches) {
    boolean isSwitch = store.steps.size() % 4 == 3;
    if (isSwitch && changes.get() < switches) {
      store.keep(collection, "new" + changes.getAndIncrement());
    }
  }

  @Test
  void oneIsReadBackAtATime() {
    store.keep(collection, "item");
    Reindexing reindexing = reindexing(Clock.systemUTC());
    AtomicInteger refused = new AtomicInteger();
    store.before =
        () -> refused.set(assertThrows(Problem.class, () -> reindexing.run("demo", "a")).status());

    reindexing.run("demo", "a");

    assertEquals(503, refused.get());
    store.before = () -> {};
    assertEquals(1, reindexing.run("demo", "a").vectors(), "there is room again");
  }

  @Test
  void whatTakesTooLongIsGivenUpAndLeavesRoom() {
    store.keep(collection, "item");
    Reindexing reindexing = reindexing(new HurriedClock());

    for (int i = 0; i < 2; i++) {
      Problem slow = assertThrows(Problem.class, () -> reindexing.run("demo", "a"));
      assertEquals("OVERLOADED", slow.code());
      assertEquals("reading the collection back takes too long; try again", slow.getMessage());
    }
  }

  private Reindexing reindexing(Clock clock) {
    Shelf shelf = DirectWriter.shelf(store, 100);
    DirectWriter audit = new DirectWriter(store.steps);
    return new Reindexing(store, new Desk(store, shelf, audit), shelf, audit, clock);
  }

  /** A host whose model is not looked at. */
  private static final class Desk extends CollectionDesk {
    Desk(RememberedCollections store, Shelf shelf, DirectWriter audit) {
      super(store, shelf, RememberedCollections.HOST, null, null, audit, Clock.systemUTC());
    }

    @Override
    Status status(ImageCollection collection) {
      return new Status(collection, State.READY, 0, 0);
    }
  }

  /** Half a minute goes by whenever somebody looks. */
  private static final class HurriedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      now = now.plus(Duration.ofSeconds(30));
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
