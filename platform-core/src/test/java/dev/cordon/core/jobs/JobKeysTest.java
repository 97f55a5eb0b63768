package dev.cordon.core.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobKeysTest {
  private static final UUID JOB = UUID.fromString("01a20000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("01a20000-0000-7000-8000-000000000002");
  private static final byte[] PLAIN = "a label".getBytes(StandardCharsets.UTF_8);

  private final JobKeys keys = new JobKeys(JobKeys.newLine());
  private final byte[] sealedKey = keys.newKey(JOB);
  private final JobKeys.Opened key = keys.open(JOB, sealedKey);

  @Test
  void opensWhatItSealedForTheSamePlace() {
    byte[] sealed = key.seal("image a", PLAIN);
    assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("a label"));
    assertArrayEquals(PLAIN, keys.open(JOB, sealedKey).open("image a", sealed));
  }

  @Test
  void opensNothingOfAnotherPlaceJobKeyOrHost() {
    byte[] sealed = key.seal("image a", PLAIN);
    refused(() -> key.open("image b", sealed));
    refused(() -> keys.open(OTHER, keys.newKey(OTHER)).open("image a", sealed));
    refused(() -> keys.open(OTHER, sealedKey));
    refused(() -> new JobKeys(JobKeys.newLine()).open(JOB, sealedKey));
  }

  @Test
  void opensNothingThatWasChangedOrCut() {
    byte[] sealed = key.seal("image a", PLAIN);
    byte[] changed = sealed.clone();
    changed[sealed.length - 1] ^= 1;
    refused(() -> key.open("image a", changed));
    refused(() -> key.open("image a", Arrays.copyOf(sealed, 20)));
  }

  @Test
  void sealsTheSameInAnotherWayEachTimeAndMarksItTheSame() {
    assertNotEquals(Arrays.hashCode(key.seal("a", PLAIN)), Arrays.hashCode(key.seal("a", PLAIN)));
    assertArrayEquals(key.mark(PLAIN), key.mark(PLAIN.clone()));
    assertNotEquals(
        Arrays.hashCode(key.mark(PLAIN)),
        Arrays.hashCode(keys.open(OTHER, keys.newKey(OTHER)).mark(PLAIN)));
  }

  @Test
  void refusesALineThatIsNoKey() {
    assertThrows(IllegalArgumentException.class, () -> new JobKeys("short"));
  }

  private static void refused(Runnable opening) {
    assertThrows(IllegalStateException.class, opening::run);
  }
}
