package dev.cordon.gallery.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The graph against the exact comparison, and what becomes of removed vectors. */
class VectorIndexTest {
  private static final VectorSpace SPACE = new VectorSpace("a".repeat(64), "1", 48);
  private static final int MANY = 2 * VectorIndex.EXACT;

  private final RandomVectors random = new RandomVectors(SPACE, 40, 7);
  private final VectorIndex index = new VectorIndex(SPACE);

  @Test
  void anEmptyIndexFindsNothing() {
    assertEquals(List.of(), index.nearest(random.next(), 10, item -> true));
  }

  @Test
  void fewAreRankedByCosineAndEqualOnesByName() {
    UnitVector one = random.next();
    UnitVector other = random.next();
    index.put("c", one);
    index.put("a", one);
    index.put("b", other);

    List<Hit> hits = index.nearest(one, 10, item -> true);

    assertEquals(List.of("a", "c", "b"), hits.stream().map(Hit::item).toList());
    assertEquals(1, hits.getFirst().cosine(), 1e-5);
    assertEquals(one.cosine(other), hits.getLast().cosine(), 1e-6);
    assertFalse(index.wantsGraph());
  }

  @Test
  void theGraphFindsWhatTheExactComparisonFinds() {
    fill(MANY);
    index.connect();
    double found = 0;
    for (int query = 0; query < 100; query++) {
      UnitVector asked = random.next();
      found += overlap(index.nearest(asked, 10, item -> true), index.nearestExactly(asked, 10));
    }
    assertTrue(found / 100 >= 0.97, "recall@10 is " + found / 100);
  }

  @Test
  void equalVectorsDoNotHideEachOtherOrTheRest() {
    UnitVector same = random.next();
    IntStream.range(0, 600).forEach(i -> index.put("same" + i, same));
    fill(MANY);
    index.connect();

    assertEquals(1, index.nearest(same, 100, item -> true).getLast().cosine(), 1e-5);
    double found = 0;
    for (int query = 0; query < 50; query++) {
      UnitVector asked = random.next();
      found += overlap(index.nearest(asked, 10, item -> true), index.nearestExactly(asked, 10));
    }
    assertTrue(found / 50 >= 0.95, "recall@10 is " + found / 50);
  }

  @Test
  void aRemovedItemIsNotFoundAgainAndTheRestStillIs() {
    List<UnitVector> vectors = fill(MANY);
    index.connect();
    List<String> removed = IntStream.range(0, MANY / 2).mapToObj(i -> "item" + i).toList();

    index.remove(removed);
    index.remove(List.of("item0", "never-there"));

    Set<String> gone = new HashSet<>(removed);
    assertEquals(MANY / 2, index.size());
    double found = 0;
    for (int i = 0; i < 100; i++) {
      List<Hit> hits = index.nearest(vectors.get(i), 10, item -> true);
      assertTrue(hits.stream().noneMatch(hit -> gone.contains(hit.item())));
      found += overlap(hits, index.nearestExactly(vectors.get(i), 10));
    }
    assertTrue(found / 100 >= 0.95, "recall@10 is " + found / 100);
  }

  @Test
  void aReplacedItemIsFoundByItsNewVectorOnly() {
    List<UnitVector> vectors = fill(MANY);
    index.connect();
    UnitVector now = random.next();

    index.put("item5", now);

    assertEquals("item5", index.nearest(now, 1, item -> true).getFirst().item());
    assertFalse(
        index.nearest(vectors.get(5), 1, item -> true).getFirst().cosine() > 0.9999f,
        "the old vector is gone");
    assertEquals(MANY, index.size());
  }

  @Test
  void whatIsNotWantedIsPassedOver() {
    fill(MANY);
    UnitVector asked = random.next();
    for (boolean connected : List.of(false, true)) {
      if (connected) {
        index.connect();
      }
      List<Hit> hits = index.nearest(asked, 10, item -> item.endsWith("7"));
      assertEquals(10, hits.size());
      assertTrue(hits.stream().allMatch(hit -> hit.item().endsWith("7")));
    }
  }

  @Test
  void vectorsOfAnotherModelOrPreprocessingAreRefused() {
    for (VectorSpace other :
        List.of(
            new VectorSpace("b".repeat(64), "1", 48), new VectorSpace("a".repeat(64), "2", 48))) {
      UnitVector stranger = new RandomVectors(other, 1, 1).next();
      assertThrows(IllegalArgumentException.class, () -> index.put("a", stranger));
      assertThrows(IllegalArgumentException.class, () -> index.nearest(stranger, 1, item -> true));
      assertThrows(IllegalArgumentException.class, () -> random.next().cosine(stranger));
    }
    assertEquals(0, index.size());
  }

  @Test
  void searchesGoOnWhileTheGraphIsBuiltAndItemsComeAndGo() {
    List<UnitVector> vectors = fill(MANY);
    CompletableFuture<Void> building = CompletableFuture.runAsync(index::connect);
    CompletableFuture<Void> changing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 300; i++) {
                index.remove(List.of("item" + i));
                index.put("new" + i, vectors.get(i));
              }
            });
    while (!building.isDone() || !changing.isDone()) {
      assertEquals(5, index.nearest(vectors.get(MANY - 1), 5, item -> true).size());
    }
    building.join();
    changing.join();
    for (int i = 0; i < 300; i++) {
      assertEquals("new" + i, index.nearest(vectors.get(i), 1, item -> true).getFirst().item());
    }
    assertEquals(MANY, index.size());
  }

  @Test
  void anItemIsHeldWithExactlyItsNumbers() {
    UnitVector vector = random.next();
    index.put("item", vector);

    assertTrue(index.holds("item", new UnitVector(SPACE, vector.values())));
    assertFalse(index.holds("item", random.next()));
    assertFalse(index.holds("other", vector));
    index.remove(List.of("item"));
    assertFalse(index.holds("item", vector));
  }

  @Test
  void aGraphThatNobodyNeedsAnyMoreIsGivenUp() {
    fill(MANY);
    AtomicInteger steps = new AtomicInteger(3);

    index.connect(() -> steps.getAndDecrement() > 0);

    assertEquals(-1, steps.get(), "asked no more after the first no");
    assertTrue(index.wantsGraph(), "it can be built again");
    UnitVector asked = random.next();
    assertEquals(index.nearestExactly(asked, 10), index.nearest(asked, 10, item -> true));
  }

  @Test
  void onlyVectorsOfLengthOneCanBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new UnitVector(SPACE, new float[48]));
    assertThrows(IllegalArgumentException.class, () -> new UnitVector(SPACE, new float[47]));
    float[] broken = random.next().values();
    broken[3] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> new UnitVector(SPACE, broken));
  }

  private List<UnitVector> fill(int count) {
    List<UnitVector> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(random.next());
      index.put("item" + i, vectors.getLast());
    }
    return vectors;
  }

  private static double overlap(List<Hit> found, List<Hit> exact) {
    // By cosine, because equal vectors may stand for each other.
    float worst = exact.getLast().cosine() - 1e-6f;
    Set<String> good =
        found.stream()
            .filter(hit -> hit.cosine() >= worst)
            .map(Hit::item)
            .collect(Collectors.toSet());
    return (double) good.size() / exact.size();
  }
}
