package dev.cordon.audit.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One act of consent by one subject for one purpose; without capability or area it covers all of
 * them. Instants are kept in milliseconds, rounded down.
 */
public record ConsentRecord(
    UUID id,
    String tenant,
    String subject,
    String purpose,
    Optional<String> capability,
    Optional<String> area,
    ConsentKind kind,
    String noticeId,
    String noticeLanguage,
    Instant givenAt,
    Optional<Instant> validUntil,
    Optional<Instant> withdrawnAt) {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public ConsentRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    if (!subject.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "the subject of a consent is a pseudonym of 64 hex digits");
    }
    requireText("tenant", tenant);
    requireText("purpose", purpose);
    requireText("notice id", noticeId);
    requireText("notice language", noticeLanguage);
    capability.ifPresent(value -> requireText("capability", value));
    area.ifPresent(value -> requireText("area", value));
    givenAt = millis(givenAt);
    validUntil = validUntil.map(ConsentRecord::millis);
    withdrawnAt = withdrawnAt.map(ConsentRecord::millis);
    if (validUntil.isPresent() && !validUntil.get().isAfter(givenAt)) {
      throw new IllegalArgumentException("a consent must be valid for longer than an instant");
    }
  }

  /**
   * The status at that instant. A withdrawal counts from the moment it is recorded, whatever a
   * clock says; the last valid instant lies just before {@code validUntil}.
   */
  public ConsentStatus status(Instant now) {
    if (withdrawnAt.isPresent()) {
      return ConsentStatus.WITHDRAWN;
    }
    boolean ended = validUntil.isPresent() && !now.isBefore(validUntil.get());
    return ended ? ConsentStatus.EXPIRED : ConsentStatus.GIVEN;
  }

  /** True when processing at that instant may rest on this record. */
  public boolean isValid(Instant now) {
    return status(now) == ConsentStatus.GIVEN && !now.isBefore(givenAt);
  }

  /** True when this record speaks about that capability in that area. */
  public boolean covers(String wantedCapability, String wantedArea) {
    return capability.map(wantedCapability::equals).orElse(true)
        && area.map(wantedArea::equals).orElse(true);
  }

  /**
   * True when a withdrawal of the other record ends this one: same tenant, subject and purpose, and
   * everything this record covers is covered by the other.
   */
  public boolean isWithin(ConsentRecord other) {
    return tenant.equals(other.tenant)
        && subject.equals(other.subject)
        && purpose.equals(other.purpose)
        && (other.capability.isEmpty() || other.capability.equals(capability))
        && (other.area.isEmpty() || other.area.equals(area));
  }

  /** This record, withdrawn at that instant; a record that already is stays as it was. */
  public ConsentRecord withdrawn(Instant when) {
    return withdrawnAt.isPresent()
        ? this
        : new ConsentRecord(
            id,
            tenant,
            subject,
            purpose,
            capability,
            area,
            kind,
            noticeId,
            noticeLanguage,
            givenAt,
            validUntil,
            Optional.of(when));
  }

  private static Instant millis(Instant instant) {
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException("a consent lies between the years 1970 and 9999");
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  private static void requireText(String field, String value) {
    if (value.isBlank() || value.length() > 256 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a consent needs a " + field + " of 1 to 256 characters");
    }
  }
}
