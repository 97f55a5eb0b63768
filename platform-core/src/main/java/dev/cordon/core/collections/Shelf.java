package dev.cordon.core.collections;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.index.VectorIndex;
import dev.cordon.gallery.sealing.CollectionKey;
import dev.cordon.gallery.sealing.HostKey;
import dev.cordon.gallery.sealing.SealBrokenException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The indexes of collections in memory, filled from the store when they are first asked for. They
 * follow every change of this host; one whose change did not commit is dropped, one that another
 * host changed is filled again; so is the one that was used least recently when there are too many
 * vectors.
 */
@ApplicationScoped
class Shelf {
  private final CollectionStore store;
  private final HostKey host;
  private final AuditWriter audit;
  private final TransactionSynchronizationRegistry transactions;
  private final int most;
  private final Map<UUID, Filled> indexes = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
  private final ReentrantLock filling = new ReentrantLock();
  private final ExecutorService connecting =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("collections").factory());

  Shelf(
      CollectionStore store,
      HostKey host,
      AuditWriter audit,
      TransactionSynchronizationRegistry transactions,
      CordonConfig config) {
    this.store = store;
    this.host = host;
    this.audit = audit;
    this.transactions = transactions;
    this.most = config.collections().mostVectors();
  }

  /** An index, the store's count of changes that it has, and when it was used last. */
  private record Filled(int generation, VectorIndex index, AtomicLong changes, AtomicLong used) {}

  /** The index of a generation; a conflict when a newer one is there already. */
  VectorIndex open(UUID collection, Generation generation) {
    Optional<VectorIndex> found = find(collection, generation);
    if (found.isPresent()) {
      return found.get();
    }
    filling.lock();
    try {
      return find(collection, generation).orElseGet(() -> fill(collection, generation));
    } finally {
      filling.unlock();
    }
  }

  private Optional<VectorIndex> find(UUID collection, Generation generation) {
    Filled found = indexes.get(collection);
    if (found == null || found.generation() < generation.number()) {
      return Optional.empty();
    }
    requireNewest(found, generation);
    // INVARIANT: a change of this host that is not committed yet is counted here and not there.
    if (store.changes(collection) > found.changes().get()) {
      return Optional.empty();
    }
    found.used().set(uses.incrementAndGet());
    return Optional.of(found.index());
  }

  private static void requireNewest(Filled found, Generation generation) {
    if (found.generation() > generation.number()) {
      throw reindexed();
    }
  }

  private VectorIndex fill(UUID collection, Generation generation) {
    VectorIndex index =
        audit.commit(
            () -> {
              // INVARIANT: the lock lies on every change until the index is on the shelf, and a
              // change looks at the shelf under its own, so none is missed.
              requireThere(store.lockShared(collection));
              makeRoom(collection, store.count(collection, generation.number()));
              VectorIndex filled = new VectorIndex(generation.space());
              read(collection, generation, filled::put);
              // A reindexing may have put a newer generation there before the lock was had.
              requireNewest(
                  indexes.merge(
                      collection, filled(collection, generation.number(), filled), Shelf::newer),
                  generation);
              return filled;
            });
    connect(collection, index);
    return index;
  }

  private static Filled newer(Filled had, Filled now) {
    return had.generation() > now.generation() ? had : now;
  }

  private Filled filled(UUID collection, int generation, VectorIndex index) {
    return new Filled(
        generation,
        index,
        new AtomicLong(store.changes(collection)),
        new AtomicLong(uses.incrementAndGet()));
  }

  /**
   * Drops the indexes that were used least recently until so many vectors more are within the
   * bound, or no index but this collection's is left.
   */
  private void makeRoom(UUID collection, long more) {
    List<Map.Entry<UUID, Filled>> others =
        indexes.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(collection))
            .sorted(Comparator.comparingLong(entry -> entry.getValue().used().get()))
            .toList();
    long held = others.stream().mapToLong(entry -> entry.getValue().index().size()).sum();
    for (Map.Entry<UUID, Filled> other : others) {
      if (held + more <= most) {
        return;
      }
      held -= other.getValue().index().size();
      indexes.remove(other.getKey(), other.getValue());
    }
  }

  /** Every vector of a generation, decrypted and checked, in the transaction the caller holds. */
  void read(UUID collection, Generation generation, BiConsumer<String, UnitVector> each) {
    CollectionKey key = key(collection);
    store.read(
        collection,
        generation.number(),
        (item, stored) -> {
          try {
            each.accept(item, key.open(item, generation.space(), stored));
          } catch (SealBrokenException e) {
            throw Problem.of(
                Code.COLLECTION_UNAVAILABLE, "a vector of the collection does not open", e);
          }
        });
  }

  /** The collection's key. */
  CollectionKey key(UUID collection) {
    byte[] stored = store.key(collection).orElseThrow(Shelf::gone);
    try {
      return host.open(collection, stored);
    } catch (SealBrokenException e) {
      throw Problem.of(
          Code.COLLECTION_UNAVAILABLE, "the key of the collection is not this host's", e);
    }
  }

  /**
   * Changes the index if it is in memory; the caller holds the collection alone, in the transaction
   * that makes the same change in the store.
   */
  void change(UUID collection, int generation, Consumer<VectorIndex> change) {
    Filled filled = indexes.get(collection);
    if (filled == null) {
      return;
    }
    long now = store.changes(collection);
    if (filled.changes().get() < now - 1) {
      // Another host was here since; the next search reads everything again.
      indexes.remove(collection, filled);
      return;
    }
    dropUnlessCommitted(collection, filled);
    filled.changes().set(now);
    if (filled.generation() == generation) {
      change.accept(filled.index());
      makeRoom(collection, filled.index().size());
      connect(collection, filled.index());
    }
  }

  /** Removes items from the index, whatever its generation; the caller holds the collection. */
  void remove(UUID collection, List<String> items) {
    Filled filled = indexes.get(collection);
    if (filled != null) {
      change(collection, filled.generation(), index -> index.remove(items));
    }
  }

  /** Puts an index in place of what was there; the caller holds the collection alone. */
  void replace(UUID collection, int generation, VectorIndex index) {
    Filled filled = filled(collection, generation, index);
    dropUnlessCommitted(collection, filled);
    makeRoom(collection, index.size());
    indexes.put(collection, filled);
    connect(collection, index);
  }

  /** Forgets the index. */
  void drop(UUID collection) {
    indexes.remove(collection);
  }

  static void requireThere(boolean found) {
    if (!found) {
      throw gone();
    }
  }

  static Problem gone() {
    return Problem.at("id", Code.NOT_FOUND, "this tenant has no such collection");
  }

  static Problem reindexed() {
    return Problem.at("id", Code.CONFLICT, "the collection was reindexed meanwhile; ask again");
  }

  /** What waits is the name of the collection only, so that nothing dropped is held by it. */
  private void connect(UUID collection, VectorIndex index) {
    if (index.wantsGraph() && waiting.add(collection)) {
      connecting.execute(
          () -> {
            waiting.remove(collection);
            Filled filled = indexes.get(collection);
            if (filled != null) {
              filled.index().connect(() -> indexes.get(collection) == filled);
            }
          });
    }
  }

  private void dropUnlessCommitted(UUID collection, Filled filled) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is to be written any more.
          }

          @Override
          public void afterCompletion(int status) {
            if (status != Status.STATUS_COMMITTED) {
              indexes.remove(collection, filled);
            }
          }
        });
  }

  @PreDestroy
  void close() {
    connecting.shutdownNow();
    indexes.clear();
  }
}
