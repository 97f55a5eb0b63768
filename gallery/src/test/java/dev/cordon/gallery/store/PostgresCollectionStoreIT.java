package dev.cordon.gallery.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The store as the runtime role on a real Postgres. */
class PostgresCollectionStoreIT {
  private static final Instant THEN = Instant.parse("2026-11-25T01:00:00.123Z");
  private static final VectorSpace SPACE = new VectorSpace("a".repeat(64), "1", 4);
  private static final VectorSpace OTHER = new VectorSpace("b".repeat(64), "1", 4);
  private static final String ALICE = "1".repeat(64);
  private static final String BOB = "2".repeat(64);
  private static EmbeddedPostgres postgres;

  private final HostKey host = HostKey.of(HostKey.newLine());
  private final UUID id = UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    run(
        source("postgres"),
        "create role owner login; create role serves login;"
            + " grant create on database postgres to owner");
    GallerySchema.migrate(source("owner"), "serves");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    run(source("postgres"), "delete from gallery.collection");
  }

  @Test
  void keepsCollectionsOfEachTenantApart() {
    ImageCollection one = collection(id, "acme", "photos");
    ImageCollection other = collection(UUID.randomUUID(), "rival", "photos");
    committed(
        store -> {
          assertTrue(store.add(one, host.sealNewKey(one.id())));
          assertTrue(store.add(other, host.sealNewKey(other.id())));
          assertFalse(store.add(collection(UUID.randomUUID(), "acme", "photos"), new byte[1]));
        });

    assertEquals(Optional.of(one), reading().find("acme", "photos"));
    assertEquals(List.of(other), reading().all("rival"));
    assertEquals(Optional.empty(), reading().find("rival", "papers"));
  }

  @Test
  @Tag("R40")
  void noVectorStandsInTheDatabaseInTheClear() throws SQLException {
    float[] values = {0.5f, -0.5f, 0.5f, -0.5f};
    begin(SPACE);
    committed(store -> store.put(id, 1, item("one", ALICE), seal(store, "one", values)));

    byte[] big = bytes(values, ByteOrder.BIG_ENDIAN);
    byte[] little = bytes(values, ByteOrder.LITTLE_ENDIAN);
    String rows = everythingStored();
    assertTrue(rows.contains(ALICE), "the scan sees what is stored in the clear");
    for (byte[] plain : List.of(big, little)) {
      for (int from = 0; from < plain.length; from += 8) {
        assertFalse(rows.contains(HexFormat.of().formatHex(plain, from, from + 8)));
      }
    }
  }

  @Test
  @Tag("R40")
  void oneChangedByteOfARowIsRefusedAndSoIsAMovedOne() {
    begin(SPACE);
    committed(store -> store.put(id, 1, item("one"), seal(store, "one", 1, 0, 0, 0)));
    committed(store -> store.put(id, 1, item("two"), seal(store, "two", 0, 1, 0, 0)));
    assertArrayEquals(new float[] {1, 0, 0, 0}, open("one").values());

    run(
        source("postgres"),
        "update gallery.item set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
            + " where name = 'one'");
    assertThrows(IllegalStateException.class, () -> open("one"));
    run(
        source("postgres"),
        "update gallery.item set sealed ="
            + " (select sealed from gallery.item where name = 'two') where name = 'one'");
    assertThrows(IllegalStateException.class, () -> open("one"));
    assertArrayEquals(new float[] {0, 1, 0, 0}, open("two").values());
  }

  @Test
  @Tag("R40")
  void anErasedCollectionTakesKeyAndVectorsWithIt() throws SQLException {
    begin(SPACE);
    committed(store -> store.put(id, 1, item("one", ALICE), seal(store, "one", 1, 0, 0, 0)));

    committed(store -> assertTrue(store.erase(id)));

    assertEquals(Optional.empty(), reading().key(id));
    assertFalse(everythingStored().contains(ALICE));
    committed(
        store -> {
          assertFalse(store.erase(id));
          assertFalse(store.lockShared(id));
        });
  }

  @Test
  void aLaterVectorReplacesAnEarlierOneAndChangesTheFingerprint() {
    begin(SPACE);
    String empty = reading().fingerprint(id, 1);
    committed(store -> store.put(id, 1, item("one", ALICE), seal(store, "one", 1, 0, 0, 0)));
    String before = reading().fingerprint(id, 1);
    committed(store -> store.put(id, 1, item("one", BOB), seal(store, "one", 0, 1, 0, 0)));

    assertEquals(1, reading().count(id, 1));
    assertEquals(List.of(BOB), reading().items(id, 1, List.of("one")).get("one").subjects());
    assertFalse(empty.equals(before) || before.equals(reading().fingerprint(id, 1)));
  }

  @Test
  void findsTheItemsThatNameASubject() {
    begin(SPACE);
    committed(
        store -> {
          store.put(id, 1, item("both", ALICE, BOB), seal(store, "both", 1, 0, 0, 0));
          store.put(id, 1, item("hers", ALICE), seal(store, "hers", 1, 0, 0, 0));
          store.put(id, 1, item("none"), seal(store, "none", 1, 0, 0, 0));
        });

    assertEquals(List.of("both", "hers"), named("acme", "captions", ALICE));
    assertEquals(List.of("both"), named("acme", "captions", BOB));
    assertEquals(List.of(), named("rival", "captions", ALICE));
    assertEquals(List.of(), named("acme", "inventory", ALICE));
    committed(store -> assertTrue(store.erase(id, "both")));
    assertEquals(List.of(), named("acme", "captions", BOB));
    committed(store -> assertFalse(store.erase(id, "both")));
  }

  @Test
  void aNewGenerationReplacesTheOldOneOnceNothingIsMissing() {
    begin(SPACE);
    committed(
        store -> {
          store.put(id, 1, item("one"), seal(store, "one", 1, 0, 0, 0));
          store.put(id, 1, item("two"), seal(store, "two", 1, 0, 0, 0));
          store.begin(id, Place.BUILDING, new Generation(2, OTHER));
          store.put(id, 2, item("one"), seal(store, "one", 1, 0, 0, 0));
        });
    assertEquals(1, reading().waiting(id));
    assertEquals(3, reading().find("acme", "photos").orElseThrow().nextNumber());
    committed(store -> store.put(id, 2, item("two"), seal(store, "two", 1, 0, 0, 0)));
    assertEquals(0, reading().waiting(id));

    committed(store -> store.promote(id));

    ImageCollection now = reading().find("acme", "photos").orElseThrow();
    assertEquals(Optional.of(new Generation(2, OTHER)), now.active());
    assertEquals(Optional.empty(), now.building());
    assertEquals(0, reading().count(id, 1));
    assertEquals(2, reading().count(id, 2));
  }

  @Test
  void whatIsRolledBackNeverWas() {
    begin(SPACE);
    assertThrows(
        IllegalStateException.class,
        () ->
            committed(
                store -> {
                  store.put(id, 1, item("one"), seal(store, "one", 1, 0, 0, 0));
                  throw new IllegalStateException("the leaf cannot be written");
                }));
    assertEquals(0, reading().count(id, 1));
  }

  @Test
  void changesAndLocksWithoutATransactionAreRefused() {
    assertThrows(IllegalStateException.class, () -> reading().erase(id));
    assertThrows(IllegalStateException.class, () -> reading().lockShared(id));
  }

  @Test
  void theRuntimeRoleChangesNoKeyAndNoTable() {
    begin(SPACE);
    for (String sql :
        List.of(
            "update gallery.collection_key set sealed = ''",
            "drop table gallery.item",
            "create table gallery.other (a int)")) {
      assertThrows(IllegalStateException.class, () -> run(source("serves"), sql));
    }
  }

  @Test
  void migratingAgainChangesNothing() {
    begin(SPACE);

    GallerySchema.migrate(source("owner"), "serves");

    assertEquals(1, reading().all("acme").size());
  }

  private void begin(VectorSpace space) {
    committed(
        store -> {
          store.add(collection(id, "acme", "photos"), host.sealNewKey(id));
          store.begin(id, Place.ACTIVE, new Generation(1, space));
        });
  }

  private byte[] seal(CollectionStore store, String item, float... values) {
    return key(store).seal(item, new UnitVector(SPACE, values));
  }

  private CollectionKey key(CollectionStore store) {
    try {
      return host.open(id, store.key(id).orElseThrow());
    } catch (SealBrokenException e) {
      throw new IllegalStateException(e);
    }
  }

  private UnitVector open(String item) {
    Map<String, byte[]> sealed = new HashMap<>();
    committed(store -> store.read(id, 1, sealed::put));
    try {
      return key(reading()).open(item, SPACE, sealed.get(item));
    } catch (SealBrokenException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsWhomItemsNameAndWhatFor() {
    begin(SPACE);
    committed(
        store -> {
          store.put(id, 1, item("both", ALICE, BOB), seal(store, "both", 1, 0, 0, 0));
          store.put(id, 1, item("hers", ALICE), seal(store, "hers", 1, 0, 0, 0));
          store.put(id, 1, item("none"), seal(store, "none", 1, 0, 0, 0));
        });
    List<CollectionStore.Held> held = reading().held();
    assertEquals(2, held.size());
    assertTrue(held.stream().allMatch(one -> one.purpose().equals("captions")));
    assertEquals(
        List.of(ALICE, BOB), held.stream().map(CollectionStore.Held::subject).sorted().toList());
  }

  private static List<String> named(String tenant, String purpose, String subject) {
    return reading().findItems(tenant, purpose, subject).stream()
        .map(found -> found.item().name())
        .toList();
  }

  private static ImageCollection collection(UUID id, String tenant, String name) {
    return new ImageCollection(
        id, tenant, name, "captions", "home", THEN, Optional.empty(), Optional.empty());
  }

  private static Item item(String name, String... subjects) {
    return new Item(name, List.of(subjects), "home");
  }

  private static byte[] bytes(float[] values, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Every row of the schema as text, byte arrays in hexadecimal. */
  private static String everythingStored() throws SQLException {
    StringBuilder all = new StringBuilder();
    List<String> tables = new ArrayList<>();
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select tablename from pg_tables where schemaname = 'gallery' order by 1")) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery("select t::text from gallery." + table + " t")) {
          while (row.next()) {
            all.append(row.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  private static CollectionStore reading() {
    return new PostgresCollectionStore(source("serves"));
  }

  /** Works in one transaction that is committed, or rolled back when it fails. */
  private static void committed(Consumer<CollectionStore> work) {
    try (Connection connection = source("serves").getConnection()) {
      connection.setAutoCommit(false);
      work.accept(new PostgresCollectionStore(handing(connection)));
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands out one connection whose closing is left to its owner, as a transaction's pool does. */
  private static DataSource handing(Connection connection) {
    ClassLoader loader = PostgresCollectionStoreIT.class.getClassLoader();
    Object open =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> open);
  }

  private static void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource source(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {postgres.getPort()});
    source.setDatabaseName("postgres");
    source.setUser(user);
    return source;
  }
}
