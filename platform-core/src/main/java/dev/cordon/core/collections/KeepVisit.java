package dev.cordon.core.collections;

import dev.cordon.core.command.Trail;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.Route;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Place;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Adds the call's image to a collection; the vector is stored with the leaf or not at all. */
final class KeepVisit implements Visit {
  /** Bounds what one collection takes of the host's memory. */
  static final int MOST_ITEMS = 200_000;

  private final CollectionStore store;
  private final Shelf shelf;
  private final Trail trail;
  private final ImageCollection entered;
  private final String item;
  private UnitVector vector;

  KeepVisit(CollectionStore store, Shelf shelf, Trail trail, ImageCollection entered, String item) {
    this.store = store;
    this.shelf = shelf;
    this.trail = trail;
    this.entered = entered;
    this.item = item;
  }

  /** Nothing is asked of a plugin, which has nothing to say of an image that is put away. */
  @Override
  public List<Finding> findings(Route route, Asking plugin) throws PluginException {
    vector = route.embedding().image();
    return List.of();
  }

  @Override
  public List<Finding> settle(List<Finding> findings) {
    UUID id = entered.id();
    Shelf.requireThere(store.lockAlone(id));
    // Read again behind the lock: another call may have begun a generation.
    ImageCollection collection =
        store.find(entered.tenant(), entered.name()).orElseThrow(Shelf::gone);
    Generation generation = generation(collection, vector.space());
    requireRoom(generation.number());
    store.put(
        id,
        generation.number(),
        new Item(item, trail.subjects(), trail.request().area()),
        shelf.key(id).seal(item, vector));
    shelf.change(id, generation.number(), index -> index.put(item, vector));
    return findings;
  }

  /** An item that is there already is replaced even in a full collection. */
  private void requireRoom(int generation) {
    UUID id = entered.id();
    if (store.count(id, generation) >= MOST_ITEMS
        && store.items(id, generation, List.of(item)).isEmpty()) {
      throw Problem.at("id", Code.CONFLICT, "a collection has at most " + MOST_ITEMS + " items");
    }
  }

  /** The generation of the vector's space; one is begun when there is none. */
  private Generation generation(ImageCollection collection, VectorSpace space) {
    UUID id = collection.id();
    Optional<Generation> active = collection.active();
    Optional<Generation> building = collection.building();
    if (active.filter(found -> found.space().equals(space)).isPresent()) {
      // A copy for another model would be of the image that this one replaces.
      building.ifPresent(other -> store.remove(id, other.number(), item));
      return active.get();
    }
    if (building.filter(found -> found.space().equals(space)).isPresent()) {
      return building.get();
    }
    Generation fresh = new Generation(collection.nextNumber(), space);
    boolean isFirst =
        building.isEmpty() && active.filter(old -> store.count(id, old.number()) > 0).isEmpty();
    store.begin(id, isFirst ? Place.ACTIVE : Place.BUILDING, fresh);
    return fresh;
  }
}
