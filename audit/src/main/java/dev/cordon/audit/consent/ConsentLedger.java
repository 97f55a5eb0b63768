package dev.cordon.audit.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The append-only ledger of consents; every method works in the transaction the caller holds, and a
 * failure to read or write is never an empty answer.
 */
public interface ConsentLedger {
  /** Records a new consent; its id must be new. */
  void give(ConsentRecord record);

  /** The record as it stands, of that tenant only. */
  Optional<ConsentRecord> find(String tenant, UUID id);

  /**
   * Withdraws the record and every other one of that subject and purpose within its scope, and says
   * which ones this call ended; idempotent, and consents given later are untouched. Empty when
   * there is no such record.
   */
  Optional<Withdrawal> withdraw(String tenant, UUID id, Instant when);

  /**
   * Which valid records the query may rest on, and which subjects have none. Until the caller's
   * transaction ends, no withdrawal of these subjects and this purpose can commit, so a leaf that
   * is appended after the check, in its transaction, precedes the leaf of any later withdrawal.
   */
  ConsentCheck check(ConsentQuery query);
}
