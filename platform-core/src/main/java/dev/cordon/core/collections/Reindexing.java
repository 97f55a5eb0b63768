package dev.cordon.core.collections;

import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.index.VectorIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Reads back every vector that was sent for a new model, twice and exactly, and only then lets it
 * answer; its graph follows in the background. Without a new generation the active one is read
 * back. One at a time.
 */
@ApplicationScoped
public class Reindexing {
  /** Less than a transaction may last, so that the caller learns what was too slow. */
  private static final Duration MOST_TIME = Duration.ofSeconds(45);

  /** How often it is tried while changes go on. */
  private static final int ATTEMPTS = 2;

  private final CollectionStore store;
  private final CollectionDesk desk;
  private final Shelf shelf;
  private final AuditWriter audit;
  private final Clock clock;
  private final Semaphore room = new Semaphore(1);

  public Reindexing(
      CollectionStore store, CollectionDesk desk, Shelf shelf, AuditWriter audit, Clock clock) {
    this.store = store;
    this.desk = desk;
    this.shelf = shelf;
    this.audit = audit;
    this.clock = clock;
  }

  /** How many vectors were read back, with the collection as it stands since. */
  public record Verified(CollectionDesk.Status status, int vectors, Receipt receipt) {}

  private record ReadBack(
      ImageCollection collection, Generation generation, String fingerprint, VectorIndex index) {}

  /** Verifies and switches; a problem leaves everything as it was. */
  public Verified run(String tenant, String name) {
    if (!room.tryAcquire()) {
      throw Problem.of(Code.OVERLOADED, "a collection is being reindexed; try again");
    }
    try {
      Instant until = clock.instant().plus(MOST_TIME);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ReadBack read = audit.commit(() -> readBack(tenant, name, store::lockShared, until));
        Optional<Verified> done = audit.commit(() -> switchTo(read));
        if (done.isPresent()) {
          return done.get();
        }
      }
      // Changes keep coming in between, so they wait for once.
      return audit
          .commit(() -> switchTo(readBack(tenant, name, store::lockAlone, until)))
          .orElseThrow(
              () ->
                  Problem.at("id", Code.CONFLICT, "the collection changed while it was read back"));
    } finally {
      room.release();
    }
  }

  private ReadBack readBack(String tenant, String name, Predicate<UUID> lock, Instant until) {
    ImageCollection collection = desk.find(tenant, name);
    UUID id = collection.id();
    Shelf.requireThere(lock.test(id));
    Generation generation = candidate(desk.find(tenant, name));
    VectorIndex index = new VectorIndex(generation.space());
    shelf.read(
        id,
        generation,
        (item, vector) -> {
          requireTime(until);
          index.put(item, vector);
        });
    shelf.read(
        id,
        generation,
        (item, vector) -> {
          requireTime(until);
          if (!index.holds(item, vector)) {
            throw Problem.at(
                "id", Code.COLLECTION_UNAVAILABLE, "a vector does not read the same twice");
          }
        });
    return new ReadBack(collection, generation, store.fingerprint(id, generation.number()), index);
  }

  private void requireTime(Instant until) {
    if (clock.instant().isAfter(until)) {
      throw Problem.of(Code.OVERLOADED, "reading the collection back takes too long; try again");
    }
  }

  /** Empty when the collection has changed since it was read back. */
  private Optional<Verified> switchTo(ReadBack read) {
    ImageCollection before = read.collection();
    Shelf.requireThere(store.lockAlone(before.id()));
    ImageCollection now = desk.find(before.tenant(), before.name());
    Generation generation = candidate(now);
    if (!generation.equals(read.generation())
        || !store.fingerprint(now.id(), generation.number()).equals(read.fingerprint())) {
      return Optional.empty();
    }
    if (now.building().isPresent()) {
      long waiting = store.waiting(now.id());
      if (waiting > 0) {
        throw Problem.at("id", Code.COLLECTION_STALE, waiting + " items are not sent again yet");
      }
      store.promote(now.id());
    }
    shelf.replace(now.id(), generation.number(), read.index());
    Receipt receipt =
        audit.append(
            desk.leaf(LeafKind.COLLECTION_REINDEXED, now, generation.space().model(), List.of()));
    return Optional.of(
        new Verified(
            desk.status(desk.find(now.tenant(), now.name())), read.index().size(), receipt));
  }

  private static Generation candidate(ImageCollection collection) {
    return collection
        .building()
        .or(collection::active)
        .orElseThrow(() -> Problem.at("id", Code.CONFLICT, "the collection has no vectors yet"));
  }
}
