package dev.cordon.gallery.store;

import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Place;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.gallery.sealing.CollectionKey;
import dev.cordon.gallery.sealing.HostKey;
import dev.cordon.gallery.sealing.SealBrokenException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A collection named `photos` of the tenant `acme`, and the key that seals its vectors. */
record SealedPhotos(GalleryPostgres database, HostKey host, UUID id) {
  static final VectorSpace SPACE = new VectorSpace("a".repeat(64), "1", 4);
  static final String ALICE = "1".repeat(64);
  static final String BOB = "2".repeat(64);
  private static final Instant THEN = Instant.parse("2026-11-25T01:00:00.123Z");

  static SealedPhotos in(GalleryPostgres database) {
    return new SealedPhotos(database, HostKey.of(HostKey.newLine()), UUID.randomUUID());
  }

  void begin() {
    database.committed(
        store -> {
          store.add(collection(id, "acme", "photos"), host.sealNewKey(id));
          store.begin(id, Place.ACTIVE, new Generation(1, SPACE));
        });
  }

  /** Keeps an item with its sealed vector in a generation. */
  void put(CollectionStore store, int generation, Item item, float... values) {
    byte[] sealed = key(store).seal(item.name(), new UnitVector(SPACE, values));
    store.put(id, generation, item, sealed);
  }

  private CollectionKey key(CollectionStore store) {
    try {
      return host.open(id, store.key(id).orElseThrow());
    } catch (SealBrokenException e) {
      throw new IllegalStateException(e);
    }
  }

  UnitVector open(String item) {
    Map<String, byte[]> sealed = new HashMap<>();
    database.committed(store -> store.read(id, 1, sealed::put));
    try {
      return key(database.reading()).open(item, SPACE, sealed.get(item));
    } catch (SealBrokenException e) {
      throw new IllegalStateException(e);
    }
  }

  static ImageCollection collection(UUID id, String tenant, String name) {
    return new ImageCollection(
        id, tenant, name, "captions", "home", THEN, Optional.empty(), Optional.empty());
  }

  static Item item(String name, String... subjects) {
    return new Item(name, List.of(subjects), "home");
  }
}
