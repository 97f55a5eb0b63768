package dev.cordon.core.collections;

import dev.cordon.audit.consent.ConsentCheck;
import dev.cordon.audit.consent.ConsentKind;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.Withdrawal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A ledger in which one subject has withdrawn and nobody has consented. */
record ConsentsThatEnded(String subject) implements ConsentLedger {
  @Override
  public void give(ConsentRecord record) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ConsentRecord> find(String tenant, UUID id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Withdrawal> withdraw(String tenant, UUID id, Instant when) {
    ConsentRecord record =
        new ConsentRecord(
            id,
            tenant,
            subject,
            RememberedCollections.PURPOSE,
            Optional.empty(),
            Optional.empty(),
            ConsentKind.REGULAR,
            "n",
            "en",
            Instant.EPOCH,
            Optional.empty(),
            Optional.of(when));
    return Optional.of(new Withdrawal(record, List.of(id)));
  }

  @Override
  public ConsentCheck check(ConsentQuery query) {
    return new ConsentCheck(List.of(), query.subjects());
  }
}
