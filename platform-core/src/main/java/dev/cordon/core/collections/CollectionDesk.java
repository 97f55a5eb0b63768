package dev.cordon.core.collections;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.routing.Router;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.gallery.sealing.HostKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Creates, reads and erases collections and items; a change and its leaf are committed together.
 */
@ApplicationScoped
public class CollectionDesk {
  /** Bounds the list that is read at once. */
  private static final int MOST_COLLECTIONS = 1_000;

  private final CollectionStore store;
  private final Shelf shelf;
  private final HostKey host;
  private final Router router;
  private final ActiveModel model;
  private final AuditWriter audit;
  private final Clock clock;

  public CollectionDesk(
      CollectionStore store,
      Shelf shelf,
      HostKey host,
      Router router,
      ActiveModel model,
      AuditWriter audit,
      Clock clock) {
    this.store = store;
    this.shelf = shelf;
    this.host = host;
    this.router = router;
    this.model = model;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether a collection answers the model that answers now. */
  public enum State {
    EMPTY,
    READY,
    /** Its vectors are of another model. */
    STALE,
    /** So they are, and items have been sent again for this one. */
    REINDEXING
  }

  /** A collection as it stands: how many items answer, and how many are still to be sent again. */
  public record Status(ImageCollection collection, State state, long items, long waiting) {}

  /** A collection with the receipt of the change that made it what it is. */
  public record Recorded(Status status, Receipt receipt) {}

  /** Creates an empty one; without a name it gets one. */
  public Recorded create(String tenant, Optional<String> name, String purpose, String area) {
    UUID id = Generators.timeBasedEpochGenerator().generate();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ImageCollection created =
        new ImageCollection(
            id,
            tenant,
            name.orElse(id.toString()),
            purpose,
            area,
            now,
            Optional.empty(),
            Optional.empty());
    Receipt receipt =
        audit.commit(
            () -> {
              if (store.all(tenant).size() >= MOST_COLLECTIONS) {
                throw Problem.of(
                    Code.CONFLICT, "a tenant has at most " + MOST_COLLECTIONS + " collections");
              }
              if (!store.add(created, host.sealNewKey(id))) {
                throw Problem.at(
                    "request.id", Code.CONFLICT, "the tenant has a collection of that name");
              }
              return audit.append(leaf(LeafKind.COLLECTION_CREATED, created, "", List.of()));
            });
    return new Recorded(status(created), receipt);
  }

  /** A tenant's collections by name. */
  public List<Status> list(String tenant) {
    return audit.commit(() -> store.all(tenant).stream().map(this::status).toList());
  }

  /** One of them. */
  public Status read(String tenant, String name) {
    return audit.commit(() -> status(find(tenant, name)));
  }

  /** The area of a collection's images, which a call means that names none. */
  public String area(String tenant, String name) {
    return audit.commit(
        () -> store.find(tenant, name).map(ImageCollection::area).orElse("unknown"));
  }

  /** Destroys the collection's key with all that it sealed. */
  public Receipt erase(String tenant, String name) {
    return audit.commit(
        () -> {
          ImageCollection collection = find(tenant, name);
          Shelf.requireThere(store.lockAlone(collection.id()));
          store.erase(collection.id());
          shelf.drop(collection.id());
          return audit.append(leaf(LeafKind.COLLECTION_ERASED, collection, "", List.of()));
        });
  }

  /** Removes an item's vectors. */
  public Receipt erase(String tenant, String name, String item) {
    return audit.commit(
        () -> {
          UUID id = find(tenant, name).id();
          Shelf.requireThere(store.lockAlone(id));
          ImageCollection collection = find(tenant, name);
          List<String> subjects = subjects(collection, item);
          if (!store.erase(id, item)) {
            throw Problem.at("item", Code.NOT_FOUND, "the collection has no such item");
          }
          shelf.remove(id, List.of(item));
          return audit.append(Erasure.leaf(tenant, clock.instant(), id, List.of(item), subjects));
        });
  }

  private List<String> subjects(ImageCollection collection, String item) {
    return Stream.of(collection.active(), collection.building())
        .flatMap(Optional::stream)
        .flatMap(
            generation ->
                store.items(collection.id(), generation.number(), List.of(item)).values().stream())
        .map(Item::subjects)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  ImageCollection find(String tenant, String name) {
    return store.find(tenant, name).orElseThrow(Shelf::gone);
  }

  Status status(ImageCollection collection) {
    UUID id = collection.id();
    Optional<VectorSpace> now = model.serving().map(served -> router.space(served.pack()));
    long items = collection.active().map(had -> store.count(id, had.number())).orElse(0L);
    if (items == 0 && collection.building().isEmpty()) {
      return new Status(collection, State.EMPTY, 0, 0);
    }
    if (now.isPresent() && now.equals(collection.active().map(Generation::space))) {
      return new Status(collection, State.READY, items, 0);
    }
    boolean begun = now.isPresent() && now.equals(collection.building().map(Generation::space));
    return begun
        ? new Status(collection, State.REINDEXING, items, store.waiting(id))
        : new Status(collection, State.STALE, items, items);
  }

  Leaf leaf(LeafKind kind, ImageCollection collection, String model, List<String> subjects) {
    return Erasure.leaf(
        kind,
        collection.tenant(),
        clock.instant(),
        model,
        subjects,
        collection.id() + "\n" + collection.name());
  }
}
