package dev.cordon.audit.verify;

import java.util.function.LongConsumer;

/**
 * Re-derives a stored log from its entries alone and compares everything else with the result, in
 * one pass and constant memory.
 */
public final class LogVerifier {
  /**
   * Verifies every entry, subtree, checkpoint and the head; tells how many entries are done every
   * 1,000 and at the end. A key that is not a verifier key is an illegal argument.
   */
  public VerificationReport verify(LogSource source, String vkey, LongConsumer progress) {
    try (LogSource.Snapshot snapshot = source.open()) {
      return new Rederivation(snapshot, vkey, progress).run();
    }
  }
}
