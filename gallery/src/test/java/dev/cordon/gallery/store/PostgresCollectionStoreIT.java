package dev.cordon.gallery.store;

import static dev.cordon.gallery.store.SealedPhotos.ALICE;
import static dev.cordon.gallery.store.SealedPhotos.BOB;
import static dev.cordon.gallery.store.SealedPhotos.collection;
import static dev.cordon.gallery.store.SealedPhotos.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Place;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.VectorSpace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store as the runtime role on a real Postgres. */
class PostgresCollectionStoreIT {
  private static final VectorSpace OTHER = new VectorSpace("b".repeat(64), "1", 4);
  private static GalleryPostgres postgres;
  private SealedPhotos photos;

  @BeforeAll
  static void start() throws IOException {
    postgres = GalleryPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    postgres.empty();
    photos = SealedPhotos.in(postgres);
  }

  @Test
  void keepsCollectionsOfEachTenantApart() {
    ImageCollection one = collection(photos.id(), "acme", "photos");
    ImageCollection other = collection(UUID.randomUUID(), "rival", "photos");
    postgres.committed(
        store -> {
          assertTrue(store.add(one, photos.host().sealNewKey(one.id())));
          assertTrue(store.add(other, photos.host().sealNewKey(other.id())));
          assertFalse(store.add(collection(UUID.randomUUID(), "acme", "photos"), new byte[1]));
        });

    assertEquals(Optional.of(one), postgres.reading().find("acme", "photos"));
    assertEquals(List.of(other), postgres.reading().all("rival"));
    assertEquals(Optional.empty(), postgres.reading().find("rival", "papers"));
  }

  @Test
  void aLaterVectorReplacesAnEarlierOneAndChangesTheFingerprint() {
    photos.begin();
    String empty = postgres.reading().fingerprint(photos.id(), 1);
    postgres.committed(store -> photos.put(store, 1, item("one", ALICE), 1, 0, 0, 0));
    String before = postgres.reading().fingerprint(photos.id(), 1);
    postgres.committed(store -> photos.put(store, 1, item("one", BOB), 0, 1, 0, 0));

    assertEquals(1, postgres.reading().count(photos.id(), 1));
    assertEquals(
        List.of(BOB),
        postgres.reading().items(photos.id(), 1, List.of("one")).get("one").subjects());
    assertFalse(
        empty.equals(before) || before.equals(postgres.reading().fingerprint(photos.id(), 1)));
  }

  @Test
  void findsTheItemsThatNameASubject() {
    photos.begin();
    postgres.committed(
        store -> {
          photos.put(store, 1, item("both", ALICE, BOB), 1, 0, 0, 0);
          photos.put(store, 1, item("hers", ALICE), 1, 0, 0, 0);
          photos.put(store, 1, item("none"), 1, 0, 0, 0);
        });

    assertEquals(List.of("both", "hers"), named("acme", "captions", ALICE));
    assertEquals(List.of("both"), named("acme", "captions", BOB));
    assertEquals(List.of(), named("rival", "captions", ALICE));
    assertEquals(List.of(), named("acme", "inventory", ALICE));
    postgres.committed(store -> assertTrue(store.erase(photos.id(), "both")));
    assertEquals(List.of(), named("acme", "captions", BOB));
    postgres.committed(store -> assertFalse(store.erase(photos.id(), "both")));
  }

  @Test
  void aNewGenerationReplacesTheOldOneOnceNothingIsMissing() {
    photos.begin();
    postgres.committed(
        store -> {
          photos.put(store, 1, item("one"), 1, 0, 0, 0);
          photos.put(store, 1, item("two"), 1, 0, 0, 0);
          store.begin(photos.id(), Place.BUILDING, new Generation(2, OTHER));
          photos.put(store, 2, item("one"), 1, 0, 0, 0);
        });
    assertEquals(1, postgres.reading().waiting(photos.id()));
    assertEquals(3, postgres.reading().find("acme", "photos").orElseThrow().nextNumber());
    postgres.committed(store -> photos.put(store, 2, item("two"), 1, 0, 0, 0));
    assertEquals(0, postgres.reading().waiting(photos.id()));

    postgres.committed(store -> store.promote(photos.id()));

    ImageCollection now = postgres.reading().find("acme", "photos").orElseThrow();
    assertEquals(Optional.of(new Generation(2, OTHER)), now.active());
    assertEquals(Optional.empty(), now.building());
    assertEquals(0, postgres.reading().count(photos.id(), 1));
    assertEquals(2, postgres.reading().count(photos.id(), 2));
  }

  @Test
  void whatIsRolledBackNeverWas() {
    photos.begin();
    assertThrows(
        IllegalStateException.class,
        () ->
            postgres.committed(
                store -> {
                  photos.put(store, 1, item("one"), 1, 0, 0, 0);
                  throw new IllegalStateException("the leaf cannot be written");
                }));
    assertEquals(0, postgres.reading().count(photos.id(), 1));
  }

  @Test
  void changesAndLocksWithoutATransactionAreRefused() {
    assertThrows(IllegalStateException.class, () -> postgres.reading().erase(photos.id()));
    assertThrows(IllegalStateException.class, () -> postgres.reading().lockShared(photos.id()));
  }

  @Test
  void migratingAgainChangesNothing() {
    photos.begin();

    postgres.migrate();

    assertEquals(1, postgres.reading().all("acme").size());
  }

  @Test
  void tellsWhomItemsNameAndWhatFor() {
    photos.begin();
    postgres.committed(
        store -> {
          photos.put(store, 1, item("both", ALICE, BOB), 1, 0, 0, 0);
          photos.put(store, 1, item("hers", ALICE), 1, 0, 0, 0);
          photos.put(store, 1, item("none"), 1, 0, 0, 0);
        });
    List<CollectionStore.Held> held = postgres.reading().held();
    assertEquals(2, held.size());
    assertTrue(held.stream().allMatch(one -> one.purpose().equals("captions")));
    assertEquals(
        List.of(ALICE, BOB), held.stream().map(CollectionStore.Held::subject).sorted().toList());
  }

  private static List<String> named(String tenant, String purpose, String subject) {
    return postgres.reading().findItems(tenant, purpose, subject).stream()
        .map(found -> found.item().name())
        .toList();
  }
}
