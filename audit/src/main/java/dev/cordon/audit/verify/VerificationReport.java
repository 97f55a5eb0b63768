package dev.cordon.audit.verify;

import java.util.List;

/**
 * What a re-derivation found: the number of entries, the recomputed root in hex, how many
 * checkpoints were checked, the first findings in the order met, and how many there are in all.
 */
public record VerificationReport(
    long size, String root, long checkpoints, List<Finding> findings, long findingCount) {
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** True when nothing at all is wrong. */
  public boolean ok() {
    return findingCount == 0;
  }
}
