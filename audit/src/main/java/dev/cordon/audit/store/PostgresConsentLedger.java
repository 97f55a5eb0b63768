package dev.cordon.audit.store;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.Withdrawal;
import dev.cordon.audit.leaf.AuditUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The consent ledger in Postgres over JPA; rows are only ever inserted. Writes need a transaction
 * ({@link IllegalStateException} without one), and a failure is an {@link
 * AuditUnavailableException}.
 */
@ApplicationScoped
public class PostgresConsentLedger implements ConsentLedger {
  private static final String RECORDS =
      "select c as consent, w.withdrawnAt as withdrawnAt from ConsentRow c"
          + " left join WithdrawalRow w on w.consent = c.id where c.tenant = :tenant and ";

  private final EntityManager entities;

  /** A ledger over the entity manager of the current transaction. */
  @Inject
  public PostgresConsentLedger(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public void give(ConsentRecord record) {
    if (record.withdrawnAt().isPresent()) {
      throw new IllegalArgumentException("a consent is not given and withdrawn in one act");
    }
    reaching(
        () -> {
          entities.persist(new ConsentRow(record));
          entities.flush();
          return record;
        });
  }

  @Override
  public Optional<ConsentRecord> find(String tenant, UUID id) {
    return reaching(
        () ->
            records(
                    entities
                        .createQuery(RECORDS + "c.id = :id", Tuple.class)
                        .setParameter("tenant", tenant)
                        .setParameter("id", id))
                .stream()
                .findFirst());
  }

  @Override
  public Optional<Withdrawal> withdraw(String tenant, UUID id, Instant when) {
    return reaching(() -> find(tenant, id).map(target -> end(target, when)));
  }

  @Override
  public ConsentCheck check(ConsentQuery query) {
    if (query.subjects().isEmpty()) {
      return new ConsentCheck(List.of(), List.of());
    }
    return reaching(
        () -> {
          ConsentLocks.share(entities, query);
          return ConsentCheck.of(query, of(query.tenant(), query.subjects(), query.purpose()));
        });
  }

  private Withdrawal end(ConsentRecord target, Instant when) {
    ConsentLocks.take(entities, target);
    // Read again behind the lock: a concurrent withdrawal may have ended some of them.
    List<ConsentRecord> records = of(target.tenant(), List.of(target.subject()), target.purpose());
    ConsentRecord current =
        records.stream().filter(one -> one.id().equals(target.id())).findFirst().orElseThrow();
    if (current.withdrawnAt().isPresent()) {
      return new Withdrawal(current, List.of());
    }
    ConsentRecord addressed = current.withdrawn(when);
    Instant at = addressed.withdrawnAt().orElseThrow();
    List<UUID> ended =
        records.stream()
            .filter(record -> record.withdrawnAt().isEmpty() && record.isWithin(current))
            .map(ConsentRecord::id)
            .sorted(Comparator.comparing(UUID::toString))
            .toList();
    ended.forEach(id -> entities.persist(new WithdrawalRow(id, at, current.id())));
    entities.flush();
    return new Withdrawal(addressed, ended);
  }

  private List<ConsentRecord> of(String tenant, Collection<String> subjects, String purpose) {
    return records(
        entities
            .createQuery(RECORDS + "c.subject in :subjects and c.purpose = :purpose", Tuple.class)
            .setParameter("tenant", tenant)
            .setParameter("subjects", subjects)
            .setParameter("purpose", purpose));
  }

  private static List<ConsentRecord> records(TypedQuery<Tuple> query) {
    return query.getResultList().stream()
        .map(
            row ->
                row.get("consent", ConsentRow.class)
                    .toRecord(Optional.ofNullable(row.get("withdrawnAt", Instant.class))))
        .toList();
  }

  private static <T> T reaching(Supplier<T> work) {
    try {
      return work.get();
    } catch (TransactionRequiredException e) {
      throw new IllegalStateException("the consent ledger is written in a transaction", e);
    } catch (PersistenceException e) {
      throw new AuditUnavailableException("the consent ledger cannot be reached", e);
    }
  }
}
