package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentKind;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.ConsentStatus;
import dev.cordon.audit.consent.Withdrawal;
import dev.cordon.audit.leaf.AuditUnavailableException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R23")
class PostgresConsentLedgerIT {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");

  private static AuditDatabase database;
  private static EntityManagerFactory factory;

  private final String subject = UUID.randomUUID().toString().replace("-", "").repeat(2);

  @BeforeAll
  static void startPersistence() {
    database = AuditDatabase.migrated();
    factory =
        new PersistenceConfiguration("audit")
            .managedClass(ConsentRow.class)
            .managedClass(WithdrawalRow.class)
            .property("jakarta.persistence.jdbc.url", database.url())
            .property("jakarta.persistence.jdbc.user", AuditDatabase.RUNTIME)
            .property("hibernate.hbm2ddl.auto", "validate")
            .createEntityManagerFactory();
  }

  @AfterAll
  static void stopPersistence() {
    factory.close();
  }

  @Test
  void findsWhatWasGivenInItsOwnTenantOnly() {
    ConsentRecord given = consent(Optional.of("image-tagging"), Optional.empty());
    give(given);
    assertEquals(Optional.of(given), find(given));
    assertEquals(Optional.empty(), inTransaction(ledger -> ledger.find("other", given.id())));
    assertEquals(
        Optional.empty(), inTransaction(ledger -> ledger.withdraw("other", given.id(), NOW)));
    assertEquals(ConsentStatus.GIVEN, find(given).orElseThrow().status(NOW));
  }

  @Test
  @Tag("R24")
  void aWithdrawalEndsTheNextCheckAndALaterGiveOpensANewOne() {
    ConsentRecord given = consent(Optional.empty(), Optional.empty());
    give(given);
    assertEquals(new ConsentCheck(List.of(given.id().toString()), List.of()), check());
    Withdrawal withdrawal = withdraw(given, NOW.plusSeconds(1));
    ConsentRecord ended = withdrawal.addressed();
    assertEquals(List.of(given.id()), withdrawal.ended());
    assertEquals(Optional.of(NOW.plusSeconds(1)), ended.withdrawnAt());
    assertEquals(Optional.of(ended), find(given));
    assertEquals(new ConsentCheck(List.of(), List.of(subject)), check());
    ConsentRecord again = consent(Optional.empty(), Optional.empty());
    give(again);
    assertEquals(new Withdrawal(ended, List.of()), withdraw(given, NOW.plusSeconds(9)));
    assertEquals(new ConsentCheck(List.of(again.id().toString()), List.of()), check());
  }

  @Test
  @Tag("R24")
  void aWithdrawalEndsEveryRecordWithinItsScopeAndNoOther() {
    ConsentRecord all = consent(Optional.empty(), Optional.empty());
    ConsentRecord tagging = consent(Optional.of("image-tagging"), Optional.empty());
    ConsentRecord taggingInRetail = consent(Optional.of("image-tagging"), Optional.of("retail"));
    ConsentRecord search = consent(Optional.of("image-search"), Optional.empty());
    List.of(all, tagging, taggingInRetail, search).forEach(PostgresConsentLedgerIT::give);
    assertEquals(sorted(tagging, taggingInRetail), withdraw(tagging, NOW).ended());
    assertEquals(ConsentStatus.WITHDRAWN, status(tagging));
    assertEquals(ConsentStatus.WITHDRAWN, status(taggingInRetail));
    assertEquals(ConsentStatus.GIVEN, status(all));
    assertEquals(ConsentStatus.GIVEN, status(search));
    assertEquals(sorted(all, search), withdraw(all, NOW).ended());
    assertEquals(ConsentStatus.WITHDRAWN, status(all));
    assertEquals(ConsentStatus.WITHDRAWN, status(search));
  }

  @Test
  void namesEachSubjectWithoutAValidRecord() {
    give(consent(Optional.empty(), Optional.of("warehouse")));
    String stranger = "f".repeat(64);
    assertEquals(List.of(stranger), check("warehouse", List.of(subject, stranger)).missing());
    assertEquals(List.of(subject), check("retail", List.of(subject)).missing());
    assertEquals(new ConsentCheck(List.of(), List.of()), check("retail", List.of()));
  }

  @Test
  void refusesASecondRecordWithTheSameId() {
    ConsentRecord given = consent(Optional.empty(), Optional.empty());
    give(given);
    assertThrows(AuditUnavailableException.class, () -> give(given));
  }

  @Test
  void refusesToWriteWithoutATransaction() {
    try (EntityManager entities = factory.createEntityManager()) {
      PostgresConsentLedger ledger = new PostgresConsentLedger(entities);
      ConsentRecord given = consent(Optional.empty(), Optional.empty());
      assertThrows(IllegalStateException.class, () -> ledger.give(given));
    }
  }

  @Test
  void aRolledBackConsentWasNeverGiven() {
    ConsentRecord given = consent(Optional.empty(), Optional.empty());
    assertThrows(
        IllegalStateException.class,
        () ->
            inTransaction(
                ledger -> {
                  ledger.give(given);
                  throw new IllegalStateException("no leaf, no consent");
                }));
    assertEquals(Optional.empty(), find(given));
  }

  @Test
  void concurrentWithdrawalsAgree() throws Exception {
    ConsentRecord one = consent(Optional.empty(), Optional.empty());
    ConsentRecord two = consent(Optional.empty(), Optional.empty());
    give(one);
    give(two);
    List<Callable<Withdrawal>> withdrawals =
        List.of(
            () -> withdraw(one, NOW.plusMillis(1)),
            () -> withdraw(two, NOW.plusMillis(2)),
            () -> withdraw(one, NOW.plusMillis(3)),
            () -> withdraw(two, NOW.plusMillis(4)));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<UUID> all = new ArrayList<>();
      for (Future<Withdrawal> withdrawn : threads.invokeAll(withdrawals)) {
        ConsentRecord addressed = withdrawn.get().addressed();
        assertEquals(find(addressed), Optional.of(addressed));
        all.addAll(withdrawn.get().ended());
      }
      all.sort(Comparator.comparing(UUID::toString));
      assertEquals(sorted(one, two), all);
    }
    assertEquals(find(one).orElseThrow().withdrawnAt(), find(two).orElseThrow().withdrawnAt());
  }

  private ConsentRecord consent(Optional<String> capability, Optional<String> area) {
    return new ConsentRecord(
        UUID.randomUUID(),
        "demo",
        subject,
        "inventory-check",
        capability,
        area,
        ConsentKind.REGULAR,
        "notice-1",
        "en",
        NOW,
        Optional.of(NOW.plusSeconds(3600)),
        Optional.empty());
  }

  private ConsentCheck check() {
    return check("warehouse", List.of(subject));
  }

  private ConsentCheck check(String area, List<String> subjects) {
    ConsentQuery query =
        new ConsentQuery(
            "demo", subjects, "inventory-check", "image-tagging", area, NOW.plusSeconds(2));
    return inTransaction(ledger -> ledger.check(query));
  }

  private static void give(ConsentRecord record) {
    inTransaction(
        ledger -> {
          ledger.give(record);
          return record;
        });
  }

  private static List<UUID> sorted(ConsentRecord... records) {
    return Stream.of(records)
        .map(ConsentRecord::id)
        .sorted(Comparator.comparing(UUID::toString))
        .toList();
  }

  private static Withdrawal withdraw(ConsentRecord record, Instant when) {
    return inTransaction(ledger -> ledger.withdraw("demo", record.id(), when)).orElseThrow();
  }

  private static Optional<ConsentRecord> find(ConsentRecord record) {
    return inTransaction(ledger -> ledger.find("demo", record.id()));
  }

  private static ConsentStatus status(ConsentRecord record) {
    return find(record).orElseThrow().status(NOW);
  }

  private static <T> T inTransaction(Function<PostgresConsentLedger, T> work) {
    return factory.callInTransaction(entities -> work.apply(new PostgresConsentLedger(entities)));
  }
}
