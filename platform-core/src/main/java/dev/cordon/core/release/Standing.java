package dev.cordon.core.release;

import dev.cordon.spi.Finding;
import java.util.List;

/**
 * What a call does in the transaction of its leaf: which of its findings still stand by then, and
 * the change that it makes, if any. Consent has been looked at again before.
 */
@FunctionalInterface
public interface Standing {
  /** Findings stand as they are, and nothing changes. */
  Standing UNCHANGED = findings -> findings;

  /** The findings that are released; a problem thrown here undoes everything. */
  List<Finding> settle(List<Finding> findings);
}
