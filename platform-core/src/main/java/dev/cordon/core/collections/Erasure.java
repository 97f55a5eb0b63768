package dev.cordon.core.collections;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Erases what rested on a consent that has ended. */
@ApplicationScoped
public class Erasure {
  /** The capability that collections are kept for. */
  public static final String CAPABILITY = "image-search";

  private final CollectionStore store;
  private final ConsentLedger consents;
  private final Shelf shelf;
  private final AuditWriter audit;

  public Erasure(CollectionStore store, ConsentLedger consents, Shelf shelf, AuditWriter audit) {
    this.store = store;
    this.consents = consents;
    this.shelf = shelf;
    this.audit = audit;
  }

  /**
   * Erases every item of that purpose that names the subject and that no consent of it covers any
   * more, with a leaf for each collection; in the transaction of the withdrawal.
   */
  public void forget(String tenant, String purpose, String subject, Instant now) {
    Map<UUID, List<Found>> uncovered =
        store.findItems(tenant, purpose, subject).stream()
            .filter(found -> !isCovered(tenant, purpose, subject, found.item().area(), now))
            // Sorted, so that two withdrawals cannot wait for each other.
            .collect(Collectors.groupingBy(Found::collection, TreeMap::new, Collectors.toList()));
    uncovered.forEach(
        (collection, items) -> {
          if (!store.lockAlone(collection)) {
            return;
          }
          List<String> names =
              items.stream().map(found -> found.item().name()).distinct().sorted().toList();
          names.forEach(name -> store.erase(collection, name));
          shelf.remove(collection, names);
          audit.append(leaf(tenant, now, collection, names, List.of(subject)));
        });
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
