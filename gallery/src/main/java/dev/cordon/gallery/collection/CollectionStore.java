package dev.cordon.gallery.collection;

import dev.cordon.gallery.collection.ImageCollection.Generation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Collections with their sealed vectors. Changes and locks work in the transaction the caller holds
 * ({@link IllegalStateException} without one); a failure is a {@link
 * CollectionsUnavailableException}.
 */
public interface CollectionStore {
  /** Adds an empty collection with its sealed key; false when the tenant has one of that name. */
  boolean add(ImageCollection collection, byte[] sealedKey);

  /** A tenant's collection by name. */
  Optional<ImageCollection> find(String tenant, String name);

  /** A tenant's collections by name. */
  List<ImageCollection> all(String tenant);

  /** The sealed key; empty once the collection is erased. */
  Optional<byte[]> key(UUID collection);

  /**
   * Keeps every change of the collection away until the transaction ends; false when it is gone.
   */
  boolean lockShared(UUID collection);

  /**
   * Keeps every change and every answer away until the transaction ends, and counts a change; false
   * when gone.
   */
  boolean lockAlone(UUID collection);

  /** How often the collection was held alone, by whichever host; 0 when it is gone. */
  long changes(UUID collection);

  /** Destroys the key, the vectors and the collection. */
  boolean erase(UUID collection);

  /** Begins a generation as active or building; what was there in that place is removed. */
  void begin(UUID collection, Place place, Generation generation);

  /** Makes the building generation the active one and removes the vectors of the old one. */
  void promote(UUID collection);

  /** Puts an item's vector into a generation, in place of an earlier one. */
  void put(UUID collection, int generation, Item item, byte[] sealed);

  /** Removes an item's vectors of one generation. */
  boolean remove(UUID collection, int generation, String item);

  /** Removes an item's vectors of every generation; false when there were none. */
  boolean erase(UUID collection, String item);

  /** Reads every vector of a generation, in no order. */
  void read(UUID collection, int generation, BiConsumer<String, byte[]> each);

  /** Those of the named items that the generation has now. */
  Map<String, Item> items(UUID collection, int generation, Collection<String> names);

  /** How many items a generation has. */
  long count(UUID collection, int generation);

  /** Changes with every change of a generation's items; compares states, proves nothing. */
  String fingerprint(UUID collection, int generation);

  /** How many items of the active generation the building one lacks. */
  long waiting(UUID collection);

  /** Every item of that tenant and purpose that names the subject, in whatever generation. */
  List<Found> findItems(String tenant, String purpose, String subject);

  /** Every subject that an item names, with the tenant and the purpose that it is kept for. */
  List<Held> held();

  /** A subject that items of this tenant and purpose name. */
  record Held(String tenant, String purpose, String subject) {}

  /** Where a generation stands. */
  enum Place {
    ACTIVE,
    BUILDING
  }

  /** An item and the collection it belongs to. */
  record Found(UUID collection, Item item) {}
}
