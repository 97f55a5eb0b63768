package dev.cordon.core.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.store.AuditSchema;
import dev.cordon.core.costs.BudgetWatch.Owed;
import dev.cordon.core.costs.store.CostSchema;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Books and budgets of two hosts on one real Postgres, with a clock that the tests move. */
class CostLedgerIT {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
  private static EmbeddedPostgres postgres;

  private final MovedClock clock = new MovedClock();
  private LedgerHost one;
  private LedgerHost two;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    run(
        "create role owner login; create role serves login;"
            + " grant create on database postgres to owner");
    AuditSchema.migrate(source("owner"), "serves");
    CostSchema.migrate(source("owner"), "serves");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() throws Exception {
    run("delete from costs.line; delete from costs.account");
    clock.now = Instant.parse("2026-11-30T23:00:00Z");
    one = new LedgerHost(source("serves"), clock, LedgerHost.budget("2", "3"));
    two = new LedgerHost(source("serves"), clock, LedgerHost.budget("2", "3"));
  }

  @Test
  void sumsOfAllHostsAreExactAndOutliveThem() {
    for (int i = 0; i < 3; i++) {
      assertTrue(one.spend("acme", "0.1"));
      assertTrue(two.spend("acme", "0.1"));
      assertTrue(two.spend("rival", "1000000.000000000000000000001"));
    }
    CostLedger.Report report =
        new LedgerHost(source("serves"), clock, LedgerHost.budget("2", "3"))
            .ledger()
            .report(NOVEMBER, "acme");
    assertEquals("0.6", report.account().spent().toPlainString());
    assertEquals(1, report.lines().size());
    Charge line = report.lines().getFirst();
    assertEquals(new Charge.Line(NOVEMBER, "acme", "tagging@1", "clip", "triton"), line.line());
    assertEquals(6, line.requests());
    assertEquals(6_000, line.bytes());
    assertEquals("0.6", line.amount().toPlainString());
    assertEquals(
        "3000000.000000000000000000003",
        one.ledger().report(NOVEMBER, "rival").account().spent().toPlainString());
  }

  @Test
  void theSoftLimitIsToldOnceByWhicheverHostReachesIt() throws Exception {
    long before = one.size();
    for (int i = 0; i < 5; i++) {
      assertTrue(one.spend("acme", "0.25"));
      assertTrue(two.spend("acme", "0.25"));
    }
    assertEquals(List.of("budget-warning acme"), one.budgetLeaves(before));
    assertEquals(1, one.crossed("soft") + two.crossed("soft"));
    assertEquals(0, one.crossed("hard") + two.crossed("hard"));
  }

  @Test
  @Tag("R17")
  void nothingIsChargedBeyondTheHardLimitThoughHostsRace() throws Exception {
    long before = one.size();
    int allowed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        LedgerHost host = i % 2 == 0 ? one : two;
        tries.add(threads.submit(() -> host.spend("acme", "0.09")));
      }
      for (Future<Boolean> each : tries) {
        allowed += each.get() ? 1 : 0;
      }
    }
    assertEquals(33, allowed, "33 times 0.09 is 2.97, and one more would be beyond 3");
    assertEquals("2.97", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
    assertEquals(List.of("budget-warning acme", "budget-exhausted acme"), one.budgetLeaves(before));
    assertEquals(33 + 2, one.size() - before, "a charge that is refused has no egress leaf");
    assertFalse(one.spend("acme", "0.01"), "exhausted is exhausted, though this would fit");
    two.watch().look();
    assertTrue(two.ledger().isExhausted("acme", clock.now));
    assertFalse(two.ledger().isExhausted("rival", clock.now));
  }

  @Test
  void theNextMonthBeginsWithNothingSpent() {
    assertTrue(one.spend("acme", "3"));
    Instant begun = clock.now;
    assertTrue(one.ledger().isExhausted("acme", begun));
    clock.now = Instant.parse("2026-12-01T00:00:00Z");
    assertFalse(one.ledger().isExhausted("acme", clock.now), "no look at the database is needed");
    assertTrue(one.ledger().isExhausted("acme", begun), "a call belongs to the month it began in");
    assertTrue(two.spend("acme", "1"));
    two.watch().look();
    assertFalse(two.ledger().isExhausted("acme", clock.now));
    assertEquals("1", two.ledger().report(DECEMBER, "acme").account().spent().toPlainString());
    assertEquals("3", two.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
  }

  @Test
  void aRaisedLimitOpensTheMonthAgainAndALoweredOneIsTold() throws Exception {
    assertTrue(one.spend("acme", "3"));
    assertFalse(one.spend("acme", "1"));
    LedgerHost raised = new LedgerHost(source("serves"), clock, LedgerHost.budget("2", "5"));
    assertTrue(raised.spend("acme", "1"));
    assertFalse(raised.spend("acme", "1.01"));

    assertTrue(one.spend("rival", "7"));
    long before = one.size();
    LedgerHost lowered =
        new LedgerHost(
            source("serves"), clock, new Budgets(Map.of("rival", LedgerHost.limits("4", "6"))));
    lowered.watch().look();
    lowered.watch().look();
    assertEquals(
        List.of("budget-warning rival", "budget-exhausted rival"), one.budgetLeaves(before));
    assertTrue(lowered.ledger().isExhausted("rival", clock.now));
  }

  @Test
  @Tag("R34")
  void whatACallOwesIsBookedWithItsLeafAndWithoutALeafLater() throws Exception {
    Bill bill = new Bill();
    bill.add(one.charge("acme", "4", 0));
    Problem denied =
        assertThrows(
            Problem.class,
            () ->
                one.ledger()
                    .commit(
                        bill,
                        settling -> {
                          settling.append(one.leaf("acme", LeafKind.ANALYSIS));
                          throw Problem.of(Code.INTERNAL, "undone");
                        }));
    assertEquals("INTERNAL", denied.code());
    assertFalse(bill.isSettled());
    assertEquals(List.of(), one.ledger().report(NOVEMBER, "acme").lines());

    long before = one.size();
    one.ledger().commit(bill, settling -> settling.append(one.leaf("acme", LeafKind.ANALYSIS)));
    assertTrue(bill.isSettled());
    assertEquals("4", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
    assertEquals(3, one.size() - before, "two limits are told, and the call's leaf");

    Bill lost = new Bill();
    lost.add(one.charge("acme", "1", 0));
    assertThrows(
        Problem.class,
        () ->
            one.ledger()
                .commit(
                    lost,
                    settling -> {
                      throw Problem.of(Code.AUDIT_UNAVAILABLE, "gone");
                    }));
    one.watch().stop(null);
    assertEquals("5", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
  }

  /** Whether a commit whose acknowledgement was lost took place, only the log can say. */
  @Test
  void whatAnAcknowledgementWasLostOfIsBookedOnce() throws Exception {
    for (boolean isCommitted : new boolean[] {true, false}) {
      run("delete from costs.line; delete from costs.account");
      Leaf leaf = one.leaf("acme", LeafKind.ANALYSIS);
      Bill lost = bill("1");
      assertThrows(
          Problem.class,
          () ->
              one.ledger()
                  .commit(
                      lost,
                      settling -> {
                        settling.append(leaf);
                        throw Problem.of(Code.AUDIT_UNAVAILABLE, "no acknowledgement");
                      }));
      assertTrue(lost.isSettled(), "somebody else sees to it");
      if (isCommitted) {
        two.ledger().commit(bill("1"), settling -> settling.append(leaf));
      }
      one.watch().stop(null);
      assertEquals("1", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
    }
  }

  @Test
  void whatIsBookedLaterWaitsForTheTransactionThatMayHaveBookedIt() throws Exception {
    Leaf leaf = one.leaf("acme", LeafKind.ANALYSIS);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      two.ledger()
          .commit(
              bill("1"),
              settling -> {
                settling.append(leaf);
                List<Charge> charges = List.of(one.charge("acme", "1", 0));
                Owed owed = new Owed(UUID.randomUUID(), charges, Optional.of(leaf.id()));
                Future<?> booked = threads.submit(() -> one.bookLater(owed));
                assertThrows(TimeoutException.class, () -> booked.get(300, TimeUnit.MILLISECONDS));
                return leaf;
              });
    }
    assertEquals("1", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
  }

  @Test
  void whatIsBookedLaterIsBookedOnceThoughItsOwnAcknowledgementIsLost() throws Exception {
    Owed owed = new Owed(UUID.randomUUID(), List.of(one.charge("acme", "1", 0)), Optional.empty());
    for (LedgerHost host : List.of(one, two, one)) {
      host.bookLater(owed);
    }
    assertEquals("1", one.ledger().report(NOVEMBER, "acme").account().spent().toPlainString());
  }

  private Bill bill(String amount) {
    Bill bill = new Bill();
    bill.add(one.charge("acme", amount, 0));
    return bill;
  }

  @Test
  void aChargeWaitsForOtherTransactionsNoLongerThanItsCallHasTime() throws Exception {
    long before = one.size();
    try (Connection other = source("serves").getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select * from audit.head for update");
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThrows(
                  RuntimeException.class, () -> one.spend("acme", "1", Duration.ofMillis(200))));
    }
    assertEquals(before, one.size());
    assertEquals(List.of(), one.ledger().report(NOVEMBER, "acme").lines());
    assertTrue(one.spend("acme", "1"), "the limit ended with its transaction");
  }

  private static PGSimpleDataSource source(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
    source.setUser(user);
    return source;
  }

  private static void run(String sql) throws Exception {
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
