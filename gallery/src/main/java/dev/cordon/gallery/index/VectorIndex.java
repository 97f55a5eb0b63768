package dev.cordon.gallery.index;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The vectors of one space by item, searched by cosine; a vector of another space is refused. Few
 * are compared one by one and exactly; from {@link #EXACT} on they want a graph, which {@link
 * #connect} builds while searches go on. Safe for many threads; what is removed is not found by any
 * search that begins later.
 */
public final class VectorIndex {
  /** Up to so many vectors a search compares all. */
  public static final int EXACT = 2_000;

  private static final int STEP = 50;

  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparing(Hit::cosine).reversed().thenComparing(Hit::item);

  private final VectorSpace space;
  private final Vectors vectors;
  private final Map<String, Integer> numbers = new HashMap<>();
  // Searching and adding read; taking vectors away writes, because the graph still needs them.
  private final ReadWriteLock removing = new ReentrantReadWriteLock();
  private final Object changing = new Object();
  // Once begun it follows every change; it answers when it is complete.
  private Neighbours graph;
  private volatile Neighbours complete;

  public VectorIndex(VectorSpace space) {
    this.space = space;
    this.vectors = new Vectors(space.dimension());
  }

  public VectorSpace space() {
    return space;
  }

  /** How many items there are. */
  public int size() {
    synchronized (changing) {
      return numbers.size();
    }
  }

  /** Adds an item, or replaces its vector. */
  public void put(String item, UnitVector vector) {
    requireSpace(vector);
    synchronized (changing) {
      int number = vectors.add(item, vector);
      Integer before = numbers.put(item, number);
      if (graph != null) {
        graph.add(number);
      }
      if (before != null) {
        forget(List.of(before));
      }
    }
  }

  /** Removes items; those that are not there are passed over. */
  public void remove(Collection<String> items) {
    synchronized (changing) {
      forget(items.stream().map(numbers::remove).filter(Objects::nonNull).toList());
    }
  }

  /** The nearest items that are wanted, best first and k at most; equal ones by name. */
  public List<Hit> nearest(UnitVector asked, int k, Predicate<String> wanted) {
    requireSpace(asked);
    float[] query = asked.values();
    removing.readLock().lock();
    try {
      Neighbours ready = complete;
      Stream<Vectors.Entry> candidates =
          ready == null
              ? vectors.all().stream().map(Map.Entry::getValue)
              : Arrays.stream(ready.nearest(query, k, number -> isWanted(number, wanted)))
                  .mapToObj(vectors::get);
      return candidates
          .filter(entry -> wanted.test(entry.item()))
          .map(entry -> new Hit(entry.item(), UnitVector.cosine(query, entry.values())))
          .sorted(BEST_FIRST)
          .limit(k)
          .toList();
    } finally {
      removing.readLock().unlock();
    }
  }

  /** Compares with every vector, whether or not there is a graph. */
  public List<Hit> nearestExactly(UnitVector asked, int k) {
    requireSpace(asked);
    float[] query = asked.values();
    removing.readLock().lock();
    try {
      return vectors.all().stream()
          .map(Map.Entry::getValue)
          .map(entry -> new Hit(entry.item(), UnitVector.cosine(query, entry.values())))
          .sorted(BEST_FIRST)
          .limit(k)
          .toList();
    } finally {
      removing.readLock().unlock();
    }
  }

  /** Whether the item is there with exactly these numbers. */
  public boolean holds(String item, UnitVector vector) {
    requireSpace(vector);
    synchronized (changing) {
      Integer number = numbers.get(item);
      return number != null && Arrays.equals(vectors.get(number).values(), vector.values());
    }
  }

  /** True when a search would be quicker with a graph that nobody builds yet. */
  public boolean wantsGraph() {
    synchronized (changing) {
      return graph == null && numbers.size() > EXACT;
    }
  }

  /** Builds the graph if it is wanted, a few vectors at a time, so that changes need not wait. */
  public void connect() {
    connect(() -> true);
  }

  /** As above, as long as somebody needs it; what was built till then is given up. */
  public void connect(BooleanSupplier needed) {
    List<Integer> snapshot;
    synchronized (changing) {
      if (graph != null || numbers.size() <= EXACT) {
        return;
      }
      snapshot = List.copyOf(numbers.values());
      graph = new Neighbours(vectors);
    }
    for (int from = 0; from < snapshot.size(); from += STEP) {
      List<Integer> step = snapshot.subList(from, Math.min(snapshot.size(), from + STEP));
      synchronized (changing) {
        if (!needed.getAsBoolean()) {
          graph = null;
          return;
        }
        step.stream().filter(number -> vectors.get(number) != null).forEach(graph::add);
      }
    }
    synchronized (changing) {
      complete = graph;
    }
  }

  private boolean isWanted(int number, Predicate<String> wanted) {
    Vectors.Entry entry = vectors.get(number);
    return entry != null && wanted.test(entry.item());
  }

  private void forget(List<Integer> gone) {
    if (gone.isEmpty()) {
      return;
    }
    removing.writeLock().lock();
    try {
      if (graph != null) {
        graph.remove(gone);
      }
      gone.forEach(vectors::forget);
    } finally {
      removing.writeLock().unlock();
    }
  }

  private void requireSpace(UnitVector vector) {
    if (!vector.space().equals(space)) {
      throw new IllegalArgumentException("an index holds vectors of one model and preprocessing");
    }
  }
}
