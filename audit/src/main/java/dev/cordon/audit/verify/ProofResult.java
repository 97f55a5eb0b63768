package dev.cordon.audit.verify;

/**
 * The outcome of an offline proof check: valid with what was proven, or invalid with the reason.
 */
public sealed interface ProofResult {
  /** The entry lies at that index of the log of that origin, among {@code size} entries. */
  record Valid(String origin, long index, long size) implements ProofResult {}

  /** Nothing was proven. */
  record Invalid(String reason) implements ProofResult {}

  /** True only for a valid proof. */
  default boolean ok() {
    return this instanceof Valid;
  }
}
