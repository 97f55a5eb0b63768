package dev.cordon.core.collections;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.index.VectorIndex;
import dev.cordon.gallery.sealing.CollectionKey;
import dev.cordon.gallery.sealing.HostKey;
import dev.cordon.gallery.sealing.SealBrokenException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The indexes of collections in memory, filled from the store when they are first asked for. They
 * follow every change, and one whose change did not commit is dropped.
 */
@ApplicationScoped
class Shelf {
  private final CollectionStore store;
  private final HostKey host;
  private final AuditWriter audit;
  private final TransactionSynchronizationRegistry transactions;
  private final Map<UUID, Filled> indexes = new ConcurrentHashMap<>();
  private final ReentrantLock filling = new ReentrantLock();
  private final ExecutorService connecting =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("collections").factory());

  Shelf(
      CollectionStore store,
      HostKey host,
      AuditWriter audit,
      TransactionSynchronizationRegistry transactions) {
    this.store = store;
    this.host = host;
    this.audit = audit;
    this.transactions = transactions;
  }

  private record Filled(int generation, VectorIndex index) {}

  /** The index of a generation. */
  VectorIndex open(UUID collection, Generation generation) {
    Filled found = indexes.get(collection);
    if (found != null && found.generation() == generation.number()) {
      return found.index();
    }
    filling.lock();
    try {
      Filled meanwhile = indexes.get(collection);
      return meanwhile != null && meanwhile.generation() == generation.number()
          ? meanwhile.index()
          : fill(collection, generation);
    } finally {
      filling.unlock();
    }
  }

  private VectorIndex fill(UUID collection, Generation generation) {
    VectorIndex index =
        audit.commit(
            () -> {
              // INVARIANT: the lock lies on every change until the index is on the shelf, and a
              // change looks at the shelf under its own, so none is missed.
              requireThere(store.lockShared(collection));
              VectorIndex filled = read(collection, generation);
              indexes.put(collection, new Filled(generation.number(), filled));
              return filled;
            });
    connect(index);
    return index;
  }

  /** Every vector of a generation, decrypted and checked, in the transaction the caller holds. */
  VectorIndex read(UUID collection, Generation generation) {
    CollectionKey key = key(collection);
    VectorIndex index = new VectorIndex(generation.space());
    store.read(
        collection,
        generation.number(),
        (item, stored) -> {
          try {
            index.put(item, key.open(item, generation.space(), stored));
          } catch (SealBrokenException e) {
            throw Problem.of(
                Code.COLLECTION_UNAVAILABLE, "a vector of the collection does not open", e);
          }
        });
    return index;
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
    if (filled != null && filled.generation() == generation) {
      dropUnlessCommitted(collection, filled);
      change.accept(filled.index());
      connect(filled.index());
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
    Filled filled = new Filled(generation, index);
    dropUnlessCommitted(collection, filled);
    indexes.put(collection, filled);
    connect(index);
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

  private void connect(VectorIndex index) {
    if (index.wantsGraph()) {
      connecting.execute(index::connect);
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
