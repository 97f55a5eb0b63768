package dev.cordon.audit.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R23")
class ConsentTest {
  private static final Instant GIVEN = Instant.parse("2026-11-24T10:00:00Z");
  private static final String SUBJECT = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  /** Seconds after giving; empty means never. */
  @ParameterizedTest(name = "valid until {0}, withdrawn at {1}, asked at {2}: {3}, valid {4}")
  @CsvSource({
    ", , 0, GIVEN, true",
    ", , 999999999, GIVEN, true",
    ", , -1, GIVEN, false",
    "60, , 59, GIVEN, true",
    "60, , 60, EXPIRED, false",
    "60, , 61, EXPIRED, false",
    ", 30, 29, WITHDRAWN, false",
    ", 30, 30, WITHDRAWN, false",
    ", 30, 31, WITHDRAWN, false",
    "60, 30, 61, WITHDRAWN, false",
    "60, 90, 61, WITHDRAWN, false",
    "60, 30, -600, WITHDRAWN, false"
  })
  @Tag("R28")
  void aRecordHasOneStatusAtEveryInstant(
      Long validUntil, Long withdrawnAt, long now, ConsentStatus status, boolean valid) {
    ConsentRecord record = record("t", SUBJECT, "p", null, null, at(validUntil), at(withdrawnAt));
    assertEquals(status, record.status(GIVEN.plusSeconds(now)));
    assertEquals(valid, record.isValid(GIVEN.plusSeconds(now)));
  }

  @Test
  @Tag("R28")
  void oneSecondAfterItsEndAConsentIsNoLongerUsed() {
    ConsentRecord record = record("t", SUBJECT, "p", null, null, at(60L), Optional.empty());
    assertTrue(check(record, 59).complete());
    assertEquals(List.of(SUBJECT), check(record, 61).missing());
  }

  @ParameterizedTest
  @CsvSource({
    ", , true",
    "tagging, , true",
    ", retail, true",
    "tagging, retail, true",
    "search, , false",
    ", warehouse, false",
    "search, retail, false",
    "tagging, warehouse, false",
    "TAGGING, retail, false"
  })
  void aRecordCoversItsCapabilityAndAreaOrAllOfThem(
      String capability, String area, boolean covered) {
    ConsentRecord record =
        record("t", SUBJECT, "p", capability, area, Optional.empty(), Optional.empty());
    assertEquals(covered, record.covers("tagging", "retail"));
    assertEquals(covered, check(record, 1).complete());
  }

  @ParameterizedTest
  @CsvSource({
    // the record (capability, area), the withdrawn one (capability, area)
    ", , , , true",
    "tagging, retail, , , true",
    "tagging, , tagging, , true",
    "tagging, retail, tagging, , true",
    "tagging, retail, , retail, true",
    "tagging, retail, tagging, retail, true",
    ", , tagging, , false",
    "tagging, , tagging, retail, false",
    ", retail, tagging, retail, false",
    "search, , tagging, , false",
    "tagging, warehouse, , retail, false"
  })
  @Tag("R24")
  void aWithdrawalReachesWhatLiesWithinItsScope(
      String capability, String area, String endedCapability, String endedArea, boolean within) {
    ConsentRecord record =
        record("t", SUBJECT, "p", capability, area, Optional.empty(), Optional.empty());
    ConsentRecord ended =
        record("t", SUBJECT, "p", endedCapability, endedArea, Optional.empty(), Optional.empty());
    assertEquals(within, record.isWithin(ended));
  }

  @Test
  void aWithdrawalReachesNoOtherTenantSubjectOrPurpose() {
    ConsentRecord ended = open("t", SUBJECT, "p");
    assertFalse(open("u", SUBJECT, "p").isWithin(ended));
    assertFalse(open("t", OTHER, "p").isWithin(ended));
    assertFalse(open("t", SUBJECT, "q").isWithin(ended));
    assertTrue(open("t", SUBJECT, "p").isWithin(ended));
  }

  @Test
  void everySubjectNeedsItsOwnRecordOfThatTenantAndPurpose() {
    ConsentRecord own = open("t", SUBJECT, "p");
    List<ConsentRecord> records = List.of(own, open("u", OTHER, "p"), open("t", OTHER, "q"));
    ConsentQuery query =
        new ConsentQuery("t", List.of(OTHER, SUBJECT, OTHER), "p", "tagging", "retail", GIVEN);
    ConsentCheck check = ConsentCheck.of(query, records);
    assertEquals(List.of(own.id().toString()), check.consentIds());
    assertEquals(List.of(OTHER), check.missing());
    assertFalse(check.complete());
  }

  @Test
  void theLatestValidRecordSpeaks() {
    ConsentRecord older = open("t", SUBJECT, "p");
    ConsentRecord newer = given(older, GIVEN.plusSeconds(10), Optional.empty());
    ConsentRecord ended = given(older, GIVEN.plusSeconds(20), Optional.of(GIVEN.plusSeconds(21)));
    ConsentQuery query =
        new ConsentQuery("t", List.of(SUBJECT), "p", "tagging", "retail", GIVEN.plusSeconds(30));
    for (List<ConsentRecord> records :
        List.of(List.of(older, newer, ended), List.of(ended, newer, older))) {
      assertEquals(List.of(newer.id().toString()), ConsentCheck.of(query, records).consentIds());
    }
  }

  @Test
  void aSecondWithdrawalChangesNothing() {
    ConsentRecord once = open("t", SUBJECT, "p").withdrawn(GIVEN.plusSeconds(5));
    assertEquals(once, once.withdrawn(GIVEN.plusSeconds(9)));
  }

  static Stream<Runnable> incomplete() {
    return Stream.of(
        () -> open("", SUBJECT, "p"),
        () -> open("t", "jane@example.com", "p"),
        () -> open("t", SUBJECT, " "),
        () -> open("t", SUBJECT, "p".repeat(257)),
        () -> open("t", SUBJECT, "p\u0000"),
        () -> record("t", SUBJECT, "p", "", null, Optional.empty(), Optional.empty()),
        () -> record("t", SUBJECT, "p", null, "", Optional.empty(), Optional.empty()),
        () -> record("t", SUBJECT, "p", null, null, at(0L), Optional.empty()),
        () -> record("t", SUBJECT, "p", null, null, at(-1L), Optional.empty()),
        () -> record("t", SUBJECT, "p", null, null, Optional.of(Instant.MAX), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  @Tag("R27")
  void refusesAnIncompleteRecord(Runnable construction) {
    assertThrows(IllegalArgumentException.class, construction::run);
  }

  @Test
  void kindsAndStatusesHaveTheirWireNames() {
    for (ConsentKind kind : ConsentKind.values()) {
      assertEquals(kind, ConsentKind.fromWireName(kind.wireName()));
    }
    assertThrows(IllegalArgumentException.class, () -> ConsentKind.fromWireName("EXPLICIT"));
    assertEquals("withdrawn", ConsentStatus.WITHDRAWN.wireName());
  }

  private static ConsentCheck check(ConsentRecord record, long seconds) {
    return ConsentCheck.of(
        new ConsentQuery(
            "t", List.of(SUBJECT), "p", "tagging", "retail", GIVEN.plusSeconds(seconds)),
        List.of(record));
  }

  private static Optional<Instant> at(Long seconds) {
    return Optional.ofNullable(seconds).map(GIVEN::plusSeconds);
  }

  private static ConsentRecord open(String tenant, String subject, String purpose) {
    return record(tenant, subject, purpose, null, null, Optional.empty(), Optional.empty());
  }

  private static ConsentRecord given(
      ConsentRecord like, Instant when, Optional<Instant> withdrawnAt) {
    return new ConsentRecord(
        UUID.randomUUID(),
        like.tenant(),
        like.subject(),
        like.purpose(),
        like.capability(),
        like.area(),
        like.kind(),
        like.noticeId(),
        like.noticeLanguage(),
        when,
        like.validUntil(),
        withdrawnAt);
  }

  private static ConsentRecord record(
      String tenant,
      String subject,
      String purpose,
      String capability,
      String area,
      Optional<Instant> validUntil,
      Optional<Instant> withdrawnAt) {
    return new ConsentRecord(
        UUID.randomUUID(),
        tenant,
        subject,
        purpose,
        Optional.ofNullable(capability),
        Optional.ofNullable(area),
        ConsentKind.EXPLICIT,
        "notice-1",
        "en",
        GIVEN,
        validUntil,
        withdrawnAt);
  }
}
