package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentKind;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Leaves;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A check and the leaf that rests on it, against a withdrawal and its leaf. */
@Tag("R24")
class ConsentOrderIT {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final AtomicInteger leaves = new AtomicInteger();
  private LogUnderTest log;
  private EntityManagerFactory factory;

  @BeforeEach
  void startPersistence() {
    log = LogUnderTest.fresh();
    factory =
        new PersistenceConfiguration("order")
            .managedClass(ConsentRow.class)
            .managedClass(WithdrawalRow.class)
            .property("jakarta.persistence.nonJtaDataSource", log.source())
            // Else Hibernate starts Narayana before JtaIT has configured it.
            .property(
                "hibernate.transaction.jta.platform",
                "org.hibernate.engine.transaction.jta.platform.internal.NoJtaPlatform")
            .createEntityManagerFactory();
  }

  @AfterEach
  void stopPersistence() {
    factory.close();
  }

  @Test
  void aWithdrawalWaitsForTheLeafThatRestsOnACheckBeforeIt() throws Exception {
    ConsentRecord given = give("a");
    var checked = new CountDownLatch(1);
    var mayAppend = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> answer =
          threads.submit(
              () ->
                  inTransaction(
                      ledger -> {
                        ConsentCheck check = ledger.check(query("a"));
                        checked.countDown();
                        await(mayAppend);
                        append(LeafKind.ANALYSIS, check.consentIds());
                        return check.complete();
                      }));
      checked.await();
      Future<Boolean> withdrawal = threads.submit(() -> withdraw(given));
      try {
        while (!withdrawal.isDone() && waiting() == 0) {
          Thread.onSpinWait();
        }
        assertFalse(withdrawal.isDone());
      } finally {
        mayAppend.countDown();
      }
      assertTrue(answer.get());
      assertTrue(withdrawal.get());
    }
    assertEquals(List.of("analysis", "consent-withdrawn"), kinds(given.id()));
    assertFalse(answer("a"));
  }

  @Test
  void noAnswerFollowsTheWithdrawalItShouldHaveSeen() throws Exception {
    List<ConsentRecord> given = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int round = 0; round < 25; round++) {
        ConsentRecord a = give("a");
        ConsentRecord b = give("b");
        given.addAll(List.of(a, b));
        // Both orders of the subjects: locks taken in the order asked would wait in a circle.
        List<Callable<Boolean>> work =
            List.of(
                () -> answer("a", "b"),
                () -> withdraw(a),
                () -> answer("b", "a"),
                () -> withdraw(b),
                () -> answer("a"),
                () -> answer("b", "a"));
        for (Future<Boolean> done : threads.invokeAll(work)) {
          done.get();
        }
      }
    }
    for (ConsentRecord record : given) {
      assertEquals("consent-withdrawn", kinds(record.id()).getLast());
    }
    assertTrue(log.verify().ok(), () -> log.verify().findings().toString());
  }

  private boolean answer(String... subjects) throws Exception {
    return inTransaction(
        ledger -> {
          ConsentCheck check = ledger.check(query(subjects));
          if (check.complete()) {
            append(LeafKind.ANALYSIS, check.consentIds());
          }
          return check.complete();
        });
  }

  private boolean withdraw(ConsentRecord record) throws Exception {
    return inTransaction(
        ledger -> {
          List<UUID> ended = ledger.withdraw("demo", record.id(), NOW).orElseThrow().ended();
          if (!ended.isEmpty()) {
            append(LeafKind.CONSENT_WITHDRAWN, ended.stream().map(UUID::toString).toList());
          }
          return !ended.isEmpty();
        });
  }

  private ConsentRecord give(String subject) throws Exception {
    var record =
        new ConsentRecord(
            UUID.randomUUID(),
            "demo",
            subject.repeat(64),
            "inventory-check",
            Optional.empty(),
            Optional.empty(),
            ConsentKind.REGULAR,
            "notice-1",
            "en",
            NOW,
            Optional.empty(),
            Optional.empty());
    return inTransaction(
        ledger -> {
          ledger.give(record);
          return record;
        });
  }

  private static ConsentQuery query(String... subjects) {
    List<String> pseudonyms = List.of(subjects).stream().map(one -> one.repeat(64)).toList();
    return new ConsentQuery(
        "demo", pseudonyms, "inventory-check", "image-tagging", "warehouse", NOW);
  }

  private void append(LeafKind kind, List<String> consents) {
    Leaf like = Leaves.numbered(leaves.getAndIncrement());
    log.log()
        .append(
            new Leaf(
                like.id(),
                like.time(),
                like.tenant(),
                kind,
                like.effect(),
                like.code(),
                like.rules(),
                like.bundle(),
                like.model(),
                like.plugin(),
                like.route(),
                consents,
                like.subjects(),
                like.commitment()));
  }

  private <T> T inTransaction(Function<PostgresConsentLedger, T> work) throws Exception {
    return log.source()
        .inTransaction(
            () ->
                factory.callInTransaction(
                    entities -> work.apply(new PostgresConsentLedger(entities))));
  }

  private List<String> kinds(UUID consent) {
    return log.log().entries(0, 1_000).stream()
        .map(Entry::json)
        .map(json -> new String(json, StandardCharsets.US_ASCII))
        .filter(json -> json.contains(consent.toString()))
        .map(json -> json.replaceAll(".*\"kind\":\"([a-z-]+)\".*", "$1"))
        .toList();
  }

  private long waiting() {
    return log.database().count("pg_locks where locktype = 'advisory' and not granted");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
