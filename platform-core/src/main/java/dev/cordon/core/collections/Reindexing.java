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
import java.util.List;

/**
 * Reads back every vector that was sent for a new model, and only then lets it answer. Without a
 * new generation the active one is read back.
 */
@ApplicationScoped
public class Reindexing {
  private final CollectionStore store;
  private final CollectionDesk desk;
  private final Shelf shelf;
  private final AuditWriter audit;

  public Reindexing(CollectionStore store, CollectionDesk desk, Shelf shelf, AuditWriter audit) {
    this.store = store;
    this.desk = desk;
    this.shelf = shelf;
    this.audit = audit;
  }

  /** How many vectors were read back, with the collection as it stands since. */
  public record Verified(CollectionDesk.Status status, int vectors, Receipt receipt) {}

  private record ReadBack(
      ImageCollection collection, Generation generation, String fingerprint, VectorIndex index) {}

  /** Verifies and switches; a problem leaves everything as it was. */
  public Verified run(String tenant, String name) {
    ReadBack read = audit.commit(() -> readBack(tenant, name));
    read.index().connect();
    int found = read.index().findsEach();
    if (found != read.index().size()) {
      throw Problem.at(
          "id", Code.COLLECTION_UNAVAILABLE, "an item is not its own nearest neighbour");
    }
    return audit.commit(() -> switchTo(read));
  }

  private ReadBack readBack(String tenant, String name) {
    ImageCollection collection = desk.find(tenant, name);
    Shelf.requireThere(store.lockShared(collection.id()));
    Generation generation = candidate(desk.find(tenant, name));
    return new ReadBack(
        collection,
        generation,
        store.fingerprint(collection.id(), generation.number()),
        shelf.read(collection.id(), generation));
  }

  private Verified switchTo(ReadBack read) {
    ImageCollection before = read.collection();
    Shelf.requireThere(store.lockAlone(before.id()));
    ImageCollection now = desk.find(before.tenant(), before.name());
    Generation generation = candidate(now);
    if (!generation.equals(read.generation())
        || !store.fingerprint(now.id(), generation.number()).equals(read.fingerprint())) {
      throw Problem.at("id", Code.CONFLICT, "the collection changed while it was read back");
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
    return new Verified(
        desk.status(desk.find(now.tenant(), now.name())), read.index().size(), receipt);
  }

  private static Generation candidate(ImageCollection collection) {
    return collection
        .building()
        .or(collection::active)
        .orElseThrow(() -> Problem.at("id", Code.CONFLICT, "the collection has no vectors yet"));
  }
}
