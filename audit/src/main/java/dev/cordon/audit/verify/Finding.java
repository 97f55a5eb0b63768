package dev.cordon.audit.verify;

/** One thing that is wrong with a log: what, at which index, size or position, and in words. */
public record Finding(Problem what, long index, String detail) {

  /** Every way in which a stored log can fail. */
  public enum Problem {
    ENTRY_MISSING,
    ENTRY_DUPLICATED,
    ENTRY_NOT_CANONICAL,
    ENTRY_COLUMNS_DIFFER,
    LEAF_HASH_DIFFERS,
    NODE_DIFFERS,
    NODE_MISSING,
    NODE_UNEXPECTED,
    HEAD_MISSING,
    HEAD_SIZE_DIFFERS,
    HEAD_FRONTIER_DIFFERS,
    CHECKPOINT_MALFORMED,
    CHECKPOINT_SIGNATURE_INVALID,
    CHECKPOINT_COLUMNS_DIFFER,
    CHECKPOINT_ROOT_DIFFERS,
    CHECKPOINT_BEYOND_LOG
  }

  @Override
  public String toString() {
    return what + " at " + index + ": " + detail;
  }
}
