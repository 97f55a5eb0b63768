package dev.cordon.audit.store;

import dev.cordon.audit.consent.ConsentKind;
import dev.cordon.audit.consent.ConsentRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A row of {@code audit.consent}; written once, never changed. */
@Entity
@Immutable
@Table(schema = "audit", name = "consent")
public class ConsentRow {
  @Id UUID id;
  String tenant;
  String subject;
  String purpose;
  String capability;
  String area;
  String kind;

  @Column(name = "notice_id")
  String noticeId;

  @Column(name = "notice_language")
  String noticeLanguage;

  @Column(name = "given_at")
  Instant givenAt;

  @Column(name = "valid_until")
  Instant validUntil;

  /** For the persistence provider. */
  protected ConsentRow() {}

  ConsentRow(ConsentRecord consent) {
    id = consent.id();
    tenant = consent.tenant();
    subject = consent.subject();
    purpose = consent.purpose();
    capability = consent.capability().orElse(null);
    area = consent.area().orElse(null);
    kind = consent.kind().wireName();
    noticeId = consent.noticeId();
    noticeLanguage = consent.noticeLanguage();
    givenAt = consent.givenAt();
    validUntil = consent.validUntil().orElse(null);
  }

  ConsentRecord toRecord(Optional<Instant> withdrawnAt) {
    return new ConsentRecord(
        id,
        tenant,
        subject,
        purpose,
        Optional.ofNullable(capability),
        Optional.ofNullable(area),
        ConsentKind.fromWireName(kind),
        noticeId,
        noticeLanguage,
        givenAt,
        Optional.ofNullable(validUntil),
        withdrawnAt);
  }
}
