package dev.cordon.core.admin;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.Withdrawal;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.collections.Erasure;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Gives, reads and withdraws consent; a change and its leaf are committed together. */
@ApplicationScoped
public class ConsentDesk {
  private final ConsentLedger ledger;
  private final Erasure erasure;
  private final AuditWriter audit;
  private final Clock clock;

  public ConsentDesk(ConsentLedger ledger, Erasure erasure, AuditWriter audit, Clock clock) {
    this.ledger = ledger;
    this.erasure = erasure;
    this.audit = audit;
    this.clock = clock;
  }

  /** A record with the receipt of the change that made it what it is. */
  public record Recorded(ConsentRecord record, Receipt receipt) {}

  /** Adds a record. */
  public Recorded give(ConsentRecord record, byte[] request) {
    Receipt receipt =
        audit.write(
            leaf(record, LeafKind.CONSENT_GIVEN, record.givenAt(), request, List.of(record.id())),
            () -> ledger.give(record));
    return new Recorded(record, receipt);
  }

  /** The record as it stands. */
  public ConsentRecord read(String tenant, UUID id) {
    return audit.commit(() -> ledger.find(tenant, id)).orElseThrow(() -> unknown(id));
  }

  /**
   * Ends every record of that subject and purpose within the scope of this one, from now on. The
   * leaf names what this very call ended, and so names none when nothing was left to end. What
   * collections hold on the ground of them is erased with it.
   */
  public Recorded withdraw(String tenant, UUID id) {
    Instant now = clock.instant();
    return audit.commit(
        () -> {
          Withdrawal done = ledger.withdraw(tenant, id, now).orElseThrow(() -> unknown(id));
          Leaf leaf =
              leaf(done.addressed(), LeafKind.CONSENT_WITHDRAWN, now, new byte[0], done.ended());
          ConsentRecord ended = done.addressed();
          // Erased first: the head of the log is the last lock that a transaction takes.
          List<Leaf> erased = erasure.forget(tenant, ended.purpose(), ended.subject(), now);
          Receipt receipt = audit.append(leaf);
          erased.forEach(audit::append);
          return new Recorded(ended, receipt);
        });
  }

  private static Problem unknown(UUID id) {
    return Problem.at("id", Code.NOT_FOUND, "this tenant has no consent record `" + id + "`");
  }

  private static Leaf leaf(
      ConsentRecord record, LeafKind kind, Instant time, byte[] request, List<UUID> consents) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        time,
        record.tenant(),
        kind,
        "permit",
        "",
        List.of(),
        "",
        "",
        "",
        "",
        consents.stream().map(UUID::toString).toList(),
        List.of(record.subject()),
        Commitment.of(request));
  }
}
