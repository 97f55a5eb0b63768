package dev.cordon.sandbox.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.RegistryUnavailableException;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.catalogue.Usage;
import dev.cordon.spi.Permission;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R52")
class PostgresPluginRegistryIT {
  private static final Instant THEN = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final String ALICE = "a".repeat(64);
  private static final String BOB = "b".repeat(64);
  private static final String CAROL = "c".repeat(64);
  private static final byte[] ZIP = {1, 2, 3};
  private static final Place PLACE = new Place("shop", "count", "probe");
  private static RegistryDatabase database;

  @BeforeAll
  static void start() throws IOException {
    database = RegistryDatabase.start();
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.run(
        database.source("postgres"),
        "truncate plugins.package, plugins.review, plugins.enablement, plugins.kill,"
            + " plugins.usage");
  }

  @Test
  void keepsWhatWasAddedAndDropsItsBytes() {
    InstalledPackage entry = add('1', "1.0.0");
    assertEquals(Optional.of(entry), database.reading().find(entry.digest()));
    assertArrayEquals(ZIP, database.reading().content(entry.digest()).orElseThrow());
    assertFalse(database.committed(registry -> registry.add(entry, ZIP)), "it is there already");
    review(entry, BOB);
    assertEquals(State.REVIEWED, database.reading().find(entry.digest()).orElseThrow().state());

    assertTrue(database.committed(registry -> registry.remove(entry.digest())));
    assertEquals(Optional.empty(), database.reading().content(entry.digest()));
    assertEquals(State.REMOVED, database.reading().find(entry.digest()).orElseThrow().state());
    assertFalse(database.committed(registry -> registry.remove(entry.digest())));

    assertTrue(database.committed(registry -> registry.add(entry, ZIP)), "it comes back");
    assertEquals(State.INSTALLED, database.reading().find(entry.digest()).orElseThrow().state());
  }

  @Test
  void oneVersionOfAnIdIsOnePackageForEver() {
    add('1', "1.0.0");
    assertThrows(RegistryUnavailableException.class, () -> add('2', "1.0.0"));
    add('2', "1.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "b"})
  void theDatabaseItselfRefusesWhatOnePersonDidAlone(String reviewers) {
    InstalledPackage entry = add('1', "1.0.0");
    // Alice installed it and Bob enables it: neither's own review counts.
    reviewers.chars().forEach(who -> review(entry, Character.toString(who).repeat(64)));
    assertThrows(RegistryUnavailableException.class, () -> enable(entry, BOB));
    review(entry, CAROL);
    assertTrue(enable(entry, BOB));
    assertEquals(BOB, database.reading().enabled(PLACE).orElseThrow().by());
  }

  @Test
  void onePackageAnswersAtAPlaceAndTheOneBeforeIsRemembered() {
    InstalledPackage one = reviewed('1', "1.0.0");
    InstalledPackage two = reviewed('2', "2.0.0");
    assertTrue(enable(one, CAROL));
    assertFalse(enable(two, CAROL), "one answers already");
    Enablement first = database.reading().enabled(PLACE).orElseThrow();
    Enablement second = new Enablement(PLACE, two.digest(), Optional.of(one.digest()), CAROL, THEN);
    assertTrue(database.committed(registry -> registry.replace(first, second)));
    assertFalse(database.committed(registry -> registry.replace(first, second)), "a race was lost");
    assertEquals(List.of(second), database.reading().enablements());
    assertFalse(database.committed(registry -> registry.remove(two.digest())), "it answers");
    assertTrue(database.committed(registry -> registry.remove(one.digest())));
    assertEquals(Optional.empty(), database.reading().enabled(PLACE).orElseThrow().previous());
    Enablement back = new Enablement(PLACE, one.digest(), Optional.empty(), CAROL, THEN);
    assertFalse(
        database.committed(
            registry -> registry.replace(database.reading().enabled(PLACE).orElseThrow(), back)),
        "what was removed does not answer");
  }

  @Test
  void everyChangeOfWhatAnswersIsSeenInOneNumber() {
    long before = database.reading().epoch();
    InstalledPackage entry = reviewed('1', "1.0.0");
    long installed = database.reading().epoch();
    assertTrue(installed > before);
    enable(entry, CAROL);
    long enabled = database.reading().epoch();
    assertTrue(enabled > installed);
    tripped(entry);
    database.committed(registry -> registry.isKilled("probe", entry.digest()));
    assertEquals(enabled, database.reading().epoch());
    database.committed(registry -> registry.kill(new Kill("probe", "", THEN)));
    assertTrue(database.reading().epoch() > enabled);
  }

  @Test
  void aSwitchIsPulledOnceAndPutBackOnce() {
    InstalledPackage entry = add('1', "1.0.0");
    assertEquals(1, tripped(entry));
    assertEquals(2, tripped(entry));
    assertTrue(database.committed(registry -> registry.kill(new Kill(entry.digest(), "", THEN))));
    assertFalse(
        database.committed(registry -> registry.kill(new Kill(entry.digest(), ALICE, THEN))));
    assertTrue(database.committed(registry -> registry.isKilled("probe", entry.digest())));
    assertFalse(database.committed(registry -> registry.isKilled("probe", "other")));
    assertEquals(List.of(new Kill(entry.digest(), "", THEN)), database.reading().kills());
    assertTrue(database.committed(registry -> registry.revive(entry.digest())));
    assertFalse(database.committed(registry -> registry.revive(entry.digest())));
    assertEquals(1, tripped(entry));
  }

  /** An answer that asked before the kill commits before it; one that asks later is refused. */
  @Test
  void noAnswerIsCommittedAfterAKill() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<Boolean> answer =
        threads.submit(
            () ->
                database.committed(
                    registry -> {
                      boolean killed = registry.isKilled("probe", "any");
                      asked.countDown();
                      await(go);
                      return killed;
                    }));
    await(asked);
    Future<Boolean> kill =
        threads.submit(
            () -> database.committed(registry -> registry.kill(new Kill("probe", BOB, THEN))));
    Future<Boolean> late =
        threads.submit(
            () -> {
              while (!database.waiting()) {
                Thread.onSpinWait();
              }
              go.countDown();
              return database.committed(registry -> registry.isKilled("probe", "any"));
            });
    assertFalse(answer.get(30, TimeUnit.SECONDS));
    assertTrue(kill.get(30, TimeUnit.SECONDS));
    assertTrue(late.get(30, TimeUnit.SECONDS), "what waited behind the kill sees it");
    threads.shutdown();
  }

  @Test
  void countsAreAdded() {
    database.committed(
        registry -> {
          registry.count(
              List.of(new Usage("p", "fault", 1, THEN), new Usage("p", "answered", 2, THEN)));
          return true;
        });
    Instant later = THEN.plusSeconds(1);
    database.committed(
        registry -> {
          registry.count(List.of(new Usage("p", "answered", 3, later)));
          return true;
        });
    assertEquals(
        List.of(new Usage("p", "answered", 5, later), new Usage("p", "fault", 1, THEN)),
        database.reading().usage());
  }

  @Test
  void aChangeWithoutATransactionIsRefused() {
    assertThrows(
        IllegalStateException.class, () -> database.reading().kill(new Kill("probe", ALICE, THEN)));
    assertThrows(IllegalStateException.class, () -> database.reading().isKilled("probe", "any"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from plugins.package",
        "truncate plugins.package",
        "delete from plugins.usage",
        "delete from plugins.epoch",
        "update plugins.kill set name = 'other'",
        "alter table plugins.enablement disable trigger all"
      })
  void theRuntimeRoleHasNoMoreRightsThanItNeeds(String sql) {
    assertThrows(IllegalStateException.class, () -> database.run(database.source("serves"), sql));
  }

  @Test
  void migratingAgainChangesNothing() {
    add('1', "1.0.0");
    PluginSchema.migrate(database.source("owner"), "serves");
    assertEquals(1, database.reading().all().size());
  }

  private static InstalledPackage add(char digit, String version) {
    InstalledPackage entry =
        new InstalledPackage(
            String.valueOf(digit).repeat(64),
            "probe",
            version,
            "probe",
            Set.of(Permission.SIMILARITIES, Permission.PIXELS),
            "acme",
            "e".repeat(64),
            State.INSTALLED,
            ALICE,
            THEN,
            0);
    assertTrue(database.committed(registry -> registry.add(entry, ZIP)));
    return entry;
  }

  private static InstalledPackage reviewed(char digit, String version) {
    InstalledPackage entry = add(digit, version);
    review(entry, BOB);
    return entry;
  }

  private static void review(InstalledPackage entry, String by) {
    database.committed(
        registry -> {
          registry.add(new Review(entry.digest(), by, THEN, "d".repeat(64)), new byte[] {9});
          return true;
        });
    assertEquals(
        by,
        database.reading().reviews().stream().map(Review::reviewer).max(String::compareTo).get());
  }

  private static boolean enable(InstalledPackage entry, String by) {
    return database.committed(
        registry ->
            registry.enable(new Enablement(PLACE, entry.digest(), Optional.empty(), by, THEN)));
  }

  private static int tripped(InstalledPackage entry) {
    AtomicInteger trips = new AtomicInteger();
    database.committed(
        registry -> {
          trips.set(registry.trip(entry.digest()));
          return true;
        });
    return trips.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
