package dev.cordon.core.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.index.VectorIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which index answers, and which is kept. */
class ShelfTest {
  private static final Generation OLD = new Generation(1, RememberedCollections.SPACE);
  private static final Generation NEW = new Generation(2, RememberedCollections.SPACE);

  private final RememberedCollections store = new RememberedCollections();
  private final ImageCollection a = store.create("a");
  private final VectorIndex reindexed = new VectorIndex(RememberedCollections.SPACE);

  @Test
  void anOlderGenerationIsRefusedOnceANewerOneIsThere() {
    Shelf shelf = DirectWriter.shelf(store, 100);
    shelf.replace(a.id(), 2, reindexed);

    assertEquals(409, assertThrows(Problem.class, () -> shelf.open(a.id(), OLD)).status());
    assertSame(reindexed, shelf.open(a.id(), NEW));
    assertEquals(List.of(), store.steps);
  }

  @Test
  void anOlderGenerationThatWaitedForItsLockDoesNotReplaceTheNewerOne() {
    Shelf shelf = DirectWriter.shelf(store, 100);
    store.before = () -> shelf.replace(a.id(), 2, reindexed);

    assertEquals(409, assertThrows(Problem.class, () -> shelf.open(a.id(), OLD)).status());
    assertSame(reindexed, shelf.open(a.id(), NEW));
  }

  @Test
  void aNewerGenerationTakesThePlaceOfAnOlderOne() {
    Shelf shelf = DirectWriter.shelf(store, 100);
    store.keep(a, "item");

    assertEquals(1, shelf.open(a.id(), OLD).size());
    assertEquals(0, shelf.open(a.id(), NEW).size());
  }

  @Test
  void whatAnotherHostChangedIsReadAgain() {
    Shelf here = DirectWriter.shelf(store, 100);
    Shelf there = DirectWriter.shelf(store, 100);
    store.keep(a, "item");
    assertEquals(1, here.open(a.id(), OLD).size());
    assertEquals(1, there.open(a.id(), OLD).size());

    store.lockAlone(a.id());
    store.keep(a, "more");
    here.change(a.id(), OLD.number(), index -> {});

    assertEquals(1, here.open(a.id(), OLD).size(), "it follows by itself");
    assertEquals(2, there.open(a.id(), OLD).size());
    store.lockAlone(a.id());
    there.change(a.id(), OLD.number(), index -> {});
    store.lockAlone(a.id());
    here.change(a.id(), OLD.number(), index -> {});
    assertEquals(2, here.open(a.id(), OLD).size(), "it had missed one and starts anew");
  }

  @Test
  void theIndexUsedLeastRecentlyIsDroppedWhenThereAreTooManyVectors() {
    Shelf shelf = DirectWriter.shelf(store, 2);
    ImageCollection b = store.create("b");
    ImageCollection c = store.create("c");
    List.of(a, b, c).forEach(collection -> store.keep(collection, "item"));
    VectorIndex first = shelf.open(a.id(), OLD);
    shelf.open(b.id(), OLD);
    shelf.open(a.id(), OLD);

    VectorIndex third = shelf.open(c.id(), OLD);

    assertSame(first, shelf.open(a.id(), OLD));
    assertSame(third, shelf.open(c.id(), OLD));
    store.steps.clear();
    assertEquals(1, shelf.open(b.id(), OLD).size());
    assertEquals(List.of("share b", "read b"), store.steps, "filled again");
    assertSame(third, shelf.open(c.id(), OLD));
  }

  @Test
  void aCollectionBeyondTheBoundIsAloneInMemory() {
    Shelf shelf = DirectWriter.shelf(store, 1);
    ImageCollection b = store.create("b");
    store.keep(a, "one");
    store.keep(b, "one");
    store.keep(b, "two");
    shelf.open(a.id(), OLD);

    assertSame(shelf.open(b.id(), OLD), shelf.open(b.id(), OLD));
    store.steps.clear();
    shelf.open(a.id(), OLD);
    assertEquals(List.of("share a", "read a"), store.steps);
  }
}
