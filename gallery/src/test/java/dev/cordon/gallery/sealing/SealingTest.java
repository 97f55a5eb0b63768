package dev.cordon.gallery.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Vectors open where they were sealed, and nowhere else. */
@Tag("R40")
class SealingTest {
  private static final UUID COLLECTION = new UUID(1, 2);
  private static final VectorSpace SPACE = new VectorSpace("a".repeat(64), "1", 3);
  private static final UnitVector VECTOR = new UnitVector(SPACE, new float[] {0.6f, 0, 0.8f});

  private final HostKey host = HostKey.of(HostKey.newLine());

  @Test
  void whatWasSealedOpensAsItWas() throws Exception {
    byte[] sealedKey = host.sealNewKey(COLLECTION);
    byte[] sealed = host.open(COLLECTION, sealedKey).seal("a", VECTOR);

    UnitVector opened = host.open(COLLECTION, sealedKey).open("a", SPACE, sealed);

    assertArrayEquals(VECTOR.values(), opened.values());
  }

  @Test
  void oneChangedByteAnywhereIsRefused() throws Exception {
    CollectionKey key = host.open(COLLECTION, host.sealNewKey(COLLECTION));
    byte[] sealed = key.seal("a", VECTOR);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThrows(SealBrokenException.class, () -> key.open("a", SPACE, changed));
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] shorter = Arrays.copyOf(sealed, length);
      assertThrows(SealBrokenException.class, () -> key.open("a", SPACE, shorter));
    }
  }

  @Test
  void anotherItemModelOrPreprocessingIsRefused() throws Exception {
    CollectionKey key = host.open(COLLECTION, host.sealNewKey(COLLECTION));
    byte[] sealed = key.seal("a", VECTOR);
    VectorSpace otherModel = new VectorSpace("b".repeat(64), "1", 3);
    VectorSpace otherPreprocessing = new VectorSpace("a".repeat(64), "2", 3);

    assertThrows(SealBrokenException.class, () -> key.open("b", SPACE, sealed));
    assertThrows(SealBrokenException.class, () -> key.open("a", otherModel, sealed));
    assertThrows(SealBrokenException.class, () -> key.open("a", otherPreprocessing, sealed));
  }

  @Test
  void anotherCollectionOrAnotherHostOpensNothing() throws Exception {
    byte[] sealedKey = host.sealNewKey(COLLECTION);
    byte[] sealed = host.open(COLLECTION, sealedKey).seal("a", VECTOR);
    UUID other = new UUID(3, 4);
    CollectionKey otherKey = host.open(other, host.sealNewKey(other));
    HostKey otherHost = HostKey.of(HostKey.newLine());

    assertThrows(SealBrokenException.class, () -> host.open(other, sealedKey));
    assertThrows(SealBrokenException.class, () -> otherKey.open("a", SPACE, sealed));
    assertThrows(SealBrokenException.class, () -> otherHost.open(COLLECTION, sealedKey));
  }

  @Test
  void theSameVectorNeverLooksTheSame() throws Exception {
    CollectionKey key = host.open(COLLECTION, host.sealNewKey(COLLECTION));

    assertFalse(Arrays.equals(key.seal("a", VECTOR), key.seal("a", VECTOR)));
  }

  @Test
  void aLineThatIsNoKeyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> HostKey.of("secret"));
    assertEquals(64, HostKey.newLine().length());
  }
}
