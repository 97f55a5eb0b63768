package dev.cordon.audit.verify;

import java.util.Optional;
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
    return verify(source, vkey, Optional.empty(), progress);
  }

  /**
   * The same, and the log must extend a checkpoint that was kept where the writer of the log cannot
   * reach it: only that shows that nothing was cut off, or written anew, along with the stored
   * checkpoints. A trusted checkpoint that is not signed by the key is a finding too.
   */
  public VerificationReport verify(
      LogSource source, String vkey, Optional<String> trustedCheckpoint, LongConsumer progress) {
    try (LogSource.Snapshot snapshot = source.open()) {
      return new Rederivation(snapshot, vkey, trustedCheckpoint, progress).run();
    }
  }
}
