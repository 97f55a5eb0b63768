package dev.cordon.audit.leaf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An append-only log whose every committed entry can be proven to a stranger; any failure is an
 * {@link AuditUnavailableException} and leaves nothing behind.
 */
public interface AuditLog {
  /**
   * Appends in the transaction the caller holds; the receipt is worth something only after that
   * transaction commits. Without a transaction it throws {@link IllegalStateException}.
   */
  Receipt append(Leaf leaf);

  /**
   * Lets no further statement of the caller's transaction take longer, its waiting for other
   * transactions included; one that would is ended, and the transaction with it.
   */
  void limit(Duration most);

  /** Whether the log holds a leaf of this id. */
  boolean holds(UUID leaf);

  /** How many entries the log holds. */
  long size();

  /**
   * A signed note covering the committed tree now; stores it, and reuses the stored one while the
   * size does not change. Throws {@link IllegalStateException} in a transaction that has appended
   * and not yet committed: such a tree may still vanish.
   */
  String checkpoint();

  /**
   * The C2SP tlog-proof text of one entry with a checkpoint that covers it, signed on demand; empty
   * when there is no such entry. Refuses like {@link #checkpoint()}.
   */
  Optional<String> proof(long index);

  /** Up to {@code limit} (1 to 1,000) entries in index order, beginning with {@code from}. */
  List<Entry> entries(long from, int limit);

  /** The key that verifies this log's checkpoints, as one line. */
  String vkey();
}
