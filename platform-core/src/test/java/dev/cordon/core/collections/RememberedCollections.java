package dev.cordon.core.collections;

import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.gallery.sealing.HostKey;
import dev.cordon.gallery.sealing.SealBrokenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collections in memory, for one thread; tells its steps, and lets others act in between. */
final class RememberedCollections implements CollectionStore {
  private final Map<UUID, Long> changes = new HashMap<>();
  static final VectorSpace SPACE = new VectorSpace("a".repeat(64), "1", 2);
  static final UnitVector VECTOR = new UnitVector(SPACE, new float[] {0.6f, 0.8f});
  static final HostKey HOST = HostKey.of("0".repeat(64));
  static final String PURPOSE = "inventory-check";

  /** Locks and reads in their order; the log of a test may write its own steps there. */
  final List<String> steps = new ArrayList<>();

  /** Called as each step begins. */
  Runnable before = () -> {};

  /** More items than there are, in every generation. */
  long more;

  private final Map<UUID, ImageCollection> collections = new TreeMap<>();
  private final Map<UUID, byte[]> keys = new TreeMap<>();
  private final Map<UUID, Map<Integer, Map<String, Row>>> rows = new TreeMap<>();

  private record Row(Item item, byte[] sealed) {}

  /** An empty collection whose active generation is the first. */
  ImageCollection create(String name) {
    ImageCollection created =
        new ImageCollection(
            UUID.randomUUID(),
            "demo",
            name,
            PURPOSE,
            "retail",
            Instant.EPOCH,
            Optional.of(new Generation(1, SPACE)),
            Optional.empty());
    add(created, HOST.sealNewKey(created.id()));
    return created;
  }

  /** An item of the first generation, without the locks of a call. */
  void keep(ImageCollection collection, String name, String... subjects) {
    try {
      put(
          collection.id(),
          1,
          new Item(name, Arrays.asList(subjects), "retail"),
          HOST.open(collection.id(), keys.get(collection.id())).seal(name, VECTOR));
    } catch (SealBrokenException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes another generation, which is empty, the active one. */
  void activate(ImageCollection collection, int generation) {
    collections.put(
        collection.id(),
        new ImageCollection(
            collection.id(),
            collection.tenant(),
            collection.name(),
            collection.purpose(),
            collection.area(),
            collection.createdAt(),
            Optional.of(new Generation(generation, SPACE)),
            Optional.empty()));
    rows.get(collection.id()).remove(1);
  }

  private void step(String what) {
    before.run();
    steps.add(what);
  }

  private Map<String, Row> rows(UUID collection, int generation) {
    return rows.getOrDefault(collection, Map.of()).getOrDefault(generation, Map.of());
  }

  @Override
  public boolean add(ImageCollection collection, byte[] sealedKey) {
    collections.put(collection.id(), collection);
    keys.put(collection.id(), sealedKey);
    rows.put(collection.id(), new TreeMap<>());
    return true;
  }

  @Override
  public Optional<ImageCollection> find(String tenant, String name) {
    return collections.values().stream()
        .filter(found -> found.tenant().equals(tenant) && found.name().equals(name))
        .findFirst();
  }

  @Override
  public List<ImageCollection> all(String tenant) {
    return List.copyOf(collections.values());
  }

  @Override
  public Optional<byte[]> key(UUID collection) {
    return Optional.ofNullable(keys.get(collection));
  }

  @Override
  public boolean lockShared(UUID collection) {
    step("share " + collections.get(collection).name());
    return true;
  }

  @Override
  public boolean lockAlone(UUID collection) {
    step("lock " + collections.get(collection).name());
    changes.merge(collection, 1L, Long::sum);
    return true;
  }

  @Override
  public long changes(UUID collection) {
    return changes.getOrDefault(collection, 0L);
  }

  @Override
  public boolean erase(UUID collection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void begin(UUID collection, Place place, Generation generation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void promote(UUID collection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void put(UUID collection, int generation, Item item, byte[] sealed) {
    rows.get(collection)
        .computeIfAbsent(generation, number -> new TreeMap<>())
        .put(item.name(), new Row(item, sealed));
  }

  @Override
  public boolean remove(UUID collection, int generation, String item) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean erase(UUID collection, String item) {
    steps.add("erase " + item);
    // Counted, so that no generation is left out.
    return rows.get(collection).values().stream()
            .filter(items -> items.remove(item) != null)
            .count()
        > 0;
  }

  @Override
  public void read(UUID collection, int generation, BiConsumer<String, byte[]> each) {
    step("read " + collections.get(collection).name());
    rows(collection, generation).forEach((name, row) -> each.accept(name, row.sealed()));
  }

  @Override
  public Map<String, Item> items(UUID collection, int generation, Collection<String> names) {
    return rows(collection, generation).values().stream()
        .map(Row::item)
        .filter(item -> names.contains(item.name()))
        .collect(Collectors.toMap(Item::name, item -> item));
  }

  @Override
  public long count(UUID collection, int generation) {
    return more + rows(collection, generation).size();
  }

  @Override
  public String fingerprint(UUID collection, int generation) {
    return rows(collection, generation).values().stream()
        .map(row -> row.item().name() + Arrays.hashCode(row.sealed()))
        .collect(Collectors.joining(" "));
  }

  @Override
  public long waiting(UUID collection) {
    return 0;
  }

  @Override
  public List<Found> findItems(String tenant, String purpose, String subject) {
    return collections.values().stream()
        .flatMap(collection -> found(collection.id()))
        .filter(found -> found.item().subjects().contains(subject))
        .toList();
  }

  @Override
  public List<Held> held() {
    return collections.values().stream()
        .flatMap(
            collection ->
                found(collection.id())
                    .flatMap(found -> found.item().subjects().stream())
                    .map(subject -> new Held(collection.tenant(), collection.purpose(), subject)))
        .distinct()
        .toList();
  }

  private Stream<Found> found(UUID collection) {
    return rows.get(collection).values().stream()
        .flatMap(items -> items.values().stream())
        .map(row -> new Found(collection, row.item()));
  }
}
