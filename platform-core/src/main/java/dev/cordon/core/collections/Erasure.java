package dev.cordon.core.collections;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Found;
import dev.cordon.gallery.collection.CollectionStore.Held;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Erases what rested on a consent that has ended. */
@ApplicationScoped
public class Erasure {
  /** The capability that collections are kept for. */
  public static final String CAPABILITY = "image-search";

  private final CollectionStore store;
  private final ConsentLedger consents;
  private final Shelf shelf;

  public Erasure(CollectionStore store, ConsentLedger consents, Shelf shelf) {
    this.store = store;
    this.consents = consents;
    this.shelf = shelf;
  }

  /**
   * Erases every item of that purpose that names the subject and that no consent of it covers any
   * more, in the transaction of the withdrawal. Appends nothing: the leaves, one for each
   * collection, are the caller's to append once every collection is locked.
   */
  public List<Leaf> forget(String tenant, String purpose, String subject, Instant now) {
    return forget(tenant, purpose, subject, now, _ -> true);
  }

  private List<Leaf> forget(
      String tenant, String purpose, String subject, Instant now, Predicate<String> areas) {
    Set<UUID> locked =
        store.findItems(tenant, purpose, subject).stream()
            .map(Found::collection)
            // Sorted, so that two withdrawals cannot wait for each other.
            .collect(Collectors.toCollection(TreeSet::new));
    locked.removeIf(collection -> !store.lockAlone(collection));
    // Read again behind the locks: an item may have been replaced by one that names nobody.
    Map<UUID, TreeSet<String>> uncovered =
        store.findItems(tenant, purpose, subject).stream()
            .filter(found -> locked.contains(found.collection()))
            .filter(found -> areas.test(found.item().area()))
            .filter(found -> !isCovered(tenant, purpose, subject, found.item().area(), now))
            .collect(
                Collectors.groupingBy(
                    Found::collection,
                    TreeMap::new,
                    Collectors.mapping(
                        found -> found.item().name(), Collectors.toCollection(TreeSet::new))));
    return uncovered.entrySet().stream()
        .map(found -> erase(tenant, found.getKey(), List.copyOf(found.getValue()), subject, now))
        .toList();
  }

  /**
   * Erases what rested on a consent of this subject whose time is over; the leaves are the caller's
   * to append. Consent is locked before the collections, as everywhere.
   */
  List<Leaf> forgetExpired(Held held, Instant now, Predicate<String> restsOnConsentInArea) {
    boolean isOver =
        store.findItems(held.tenant(), held.purpose(), held.subject()).stream()
            .map(found -> found.item().area())
            .distinct()
            .filter(restsOnConsentInArea)
            .anyMatch(area -> !isCovered(held.tenant(), held.purpose(), held.subject(), area, now));
    return isOver
        ? forget(held.tenant(), held.purpose(), held.subject(), now, restsOnConsentInArea)
        : List.of();
  }

  private Leaf erase(
      String tenant, UUID collection, List<String> names, String subject, Instant now) {
    names.forEach(name -> store.erase(collection, name));
    shelf.remove(collection, names);
    return leaf(tenant, now, collection, names, List.of(subject));
  }

  private boolean isCovered(
      String tenant, String purpose, String subject, String area, Instant now) {
    return consents
        .check(new ConsentQuery(tenant, List.of(subject), purpose, CAPABILITY, area, now))
        .complete();
  }

  /** The leaf of an erasure; which items it was about stands in the commitment only. */
  static Leaf leaf(
      String tenant, Instant now, UUID collection, List<String> items, List<String> subjects) {
    return leaf(
        LeafKind.ITEM_ERASED,
        tenant,
        now,
        "",
        subjects,
        collection + "\n" + String.join("\n", items));
  }

  static Leaf leaf(
      LeafKind kind,
      String tenant,
      Instant now,
      String model,
      List<String> subjects,
      String committed) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        now,
        tenant,
        kind,
        "permit",
        "",
        List.of(),
        "",
        model,
        "",
        "",
        List.of(),
        subjects,
        Commitment.of(committed.getBytes(StandardCharsets.UTF_8)));
  }
}
