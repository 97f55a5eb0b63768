package dev.cordon.gallery.store;

import static dev.cordon.gallery.store.SealedPhotos.ALICE;
import static dev.cordon.gallery.store.SealedPhotos.item;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a reader or a changer of the database's rows gets of vectors: nothing. */
class SealedVectorsIT {
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
  @Tag("R40")
  void noVectorStandsInTheDatabaseInTheClear() throws SQLException {
    float[] values = {0.5f, -0.5f, 0.5f, -0.5f};
    photos.begin();
    postgres.committed(store -> photos.put(store, 1, item("one", ALICE), values));

    byte[] big = bytes(values, ByteOrder.BIG_ENDIAN);
    byte[] little = bytes(values, ByteOrder.LITTLE_ENDIAN);
    String rows = postgres.everythingStored();
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
    photos.begin();
    postgres.committed(store -> photos.put(store, 1, item("one"), 1, 0, 0, 0));
    postgres.committed(store -> photos.put(store, 1, item("two"), 0, 1, 0, 0));
    assertArrayEquals(new float[] {1, 0, 0, 0}, photos.open("one").values());

    postgres.asAdministrator(
        "update gallery.item set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
            + " where name = 'one'");
    assertThrows(IllegalStateException.class, () -> photos.open("one"));
    postgres.asAdministrator(
        "update gallery.item set sealed ="
            + " (select sealed from gallery.item where name = 'two') where name = 'one'");
    assertThrows(IllegalStateException.class, () -> photos.open("one"));
    assertArrayEquals(new float[] {0, 1, 0, 0}, photos.open("two").values());
  }

  @Test
  @Tag("R40")
  void anErasedCollectionTakesKeyAndVectorsWithIt() throws SQLException {
    photos.begin();
    postgres.committed(store -> photos.put(store, 1, item("one", ALICE), 1, 0, 0, 0));

    postgres.committed(store -> assertTrue(store.erase(photos.id())));

    assertEquals(Optional.empty(), postgres.reading().key(photos.id()));
    assertFalse(postgres.everythingStored().contains(ALICE));
    postgres.committed(
        store -> {
          assertFalse(store.erase(photos.id()));
          assertFalse(store.lockShared(photos.id()));
        });
  }

  @Test
  void theRuntimeRoleChangesNoKeyAndNoTable() {
    photos.begin();
    for (String sql :
        List.of(
            "update gallery.collection_key set sealed = ''",
            "drop table gallery.item",
            "create table gallery.other (a int)")) {
      assertThrows(IllegalStateException.class, () -> postgres.asHost(sql));
    }
  }

  private static byte[] bytes(float[] values, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
