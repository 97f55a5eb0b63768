package dev.cordon.audit.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A row of {@code audit.consent_withdrawal}: this consent ended then, by that withdrawal. */
@Entity
@Immutable
@Table(schema = "audit", name = "consent_withdrawal")
public class WithdrawalRow {
  @Id UUID consent;

  @Column(name = "withdrawn_at")
  Instant withdrawnAt;

  UUID cause;

  /** For the persistence provider. */
  protected WithdrawalRow() {}

  WithdrawalRow(UUID consent, Instant withdrawnAt, UUID cause) {
    this.consent = consent;
    this.withdrawnAt = withdrawnAt;
    this.cause = cause;
  }
}
