package dev.cordon.audit.verify;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** A stored log that can be read whole, as it was at one moment. */
public interface LogSource {
  /** Opens one consistent, read-only view; the iterators stream and are valid until it closes. */
  Snapshot open();

  /** One view of the log. */
  interface Snapshot extends AutoCloseable {
    /** The head row, if there is one. */
    Optional<Head> head();

    /** The entries by index. */
    Iterator<StoredEntry> entries();

    /** The complete subtrees above the leaves, in the order in which appending completes them. */
    Iterator<StoredNode> nodes();

    /** The checkpoints by size. */
    Iterator<StoredCheckpoint> checkpoints();

    @Override
    void close();
  }

  /** The head row: size and frontier as {@link dev.cordon.audit.tree.CompactRange} writes it. */
  record Head(long size, byte[] frontier) {}

  /** A leaf row with the columns that repeat what the entry says. */
  record StoredEntry(
      long index, UUID id, Instant time, String tenant, byte[] entry, byte[] leafHash) {}

  /** A node row. */
  record StoredNode(int level, long index, byte[] hash) {}

  /** A checkpoint row. */
  record StoredCheckpoint(long size, byte[] root, String note) {}
}
