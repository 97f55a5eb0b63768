package dev.cordon.audit.store;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.checkpoint.SignedNote;
import dev.cordon.audit.checkpoint.TlogProof;
import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.audit.leaf.AuditUnavailableException;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.ProofCheck;
import dev.cordon.audit.tree.Proofs;
import dev.cordon.audit.tree.TreeHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The audit log in Postgres over plain JDBC. The data source must hand out the connection of the
 * caller's transaction to {@link #append} and {@link #limit}; everything else works inside and
 * outside of one. Thread-safe.
 */
public final class PostgresAuditLog implements AuditLog {
  private static final int MAX_ENTRIES = 1_000;

  private final DataSource runtime;
  private final NoteSigner signer;

  /** A log that signs under the signer's origin and works as the runtime role. */
  public PostgresAuditLog(DataSource runtime, NoteSigner signer) {
    this.runtime = runtime;
    this.signer = signer;
  }

  @Override
  public Receipt append(Leaf leaf) {
    byte[] entry = leaf.canonicalJson();
    byte[] hash = TreeHash.leaf(entry);
    try (Connection connection = runtime.getConnection()) {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException("a leaf is appended in a transaction, and there is none");
      }
      LogTables tables = new LogTables(connection);
      CompactRange tree = tables.lockHead();
      long index = tree.size();
      // INVARIANT: from the write on only SQL can fail, and that dooms the transaction.
      tables.append(tree, leaf, entry, hash);
      return new Receipt(signer.origin(), index, HexFormat.of().formatHex(hash));
    } catch (SQLException e) {
      throw new AuditUnavailableException("the audit log cannot be written", e);
    }
  }

  @Override
  public void limit(Duration most) {
    try (Connection connection = runtime.getConnection()) {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException("a transaction is limited, and there is none");
      }
      new LogTables(connection).limit(most);
    } catch (SQLException e) {
      throw new AuditUnavailableException("the audit log cannot be written", e);
    }
  }

  @Override
  public boolean holds(UUID leaf) {
    return read(tables -> tables.holds(leaf));
  }

  @Override
  public long size() {
    return read(tables -> tables.state().tree().size());
  }

  @Override
  public String checkpoint() {
    return read(tables -> sign(tables, tables.state()).note());
  }

  @Override
  public Optional<String> proof(long index) {
    return read(
        tables -> {
          LogTables.State state = tables.state();
          if (index < 0 || index >= state.tree().size()) {
            return Optional.empty();
          }
          LogTables.Signed covering =
              state
                  .latest()
                  .filter(stored -> stored.size() > index)
                  .map(this::trusted)
                  .orElseGet(() -> sign(tables, state));
          List<byte[]> path = Proofs.inclusion(index, covering.size(), tables::hashes);
          byte[] leafHash = TreeHash.leaf(tables.entry(index));
          if (!ProofCheck.inclusion(index, covering.size(), leafHash, path, covering.root())) {
            throw new AuditUnavailableException("the log cannot prove its entry " + index);
          }
          return Optional.of(new TlogProof(index, path, covering.note()).text());
        });
  }

  @Override
  public List<Entry> entries(long from, int limit) {
    if (limit < 1 || limit > MAX_ENTRIES) {
      throw new IllegalArgumentException("a page of entries has 1 to " + MAX_ENTRIES);
    }
    return read(tables -> tables.entries(from, limit));
  }

  @Override
  public String vkey() {
    return signer.vkey();
  }

  /**
   * Signs the tree of a state, which must extend everything signed before.
   *
   * <p>Two inconsistent checkpoints cannot come from here, and no lock is needed for it: only
   * committed leaves are signed (a tree this very transaction has grown is refused), committed
   * leaves never change, the latest stored checkpoint is proven to be a prefix first, and the same
   * tree always gets the same bytes, so two concurrent signers agree.
   */
  private LogTables.Signed sign(LogTables tables, LogTables.State state) {
    if (state.uncommitted()) {
      throw new IllegalStateException("a tree is signed only after its last leaf has committed");
    }
    long size = state.tree().size();
    byte[] root = state.tree().root();
    if (state.latest().isPresent()) {
      LogTables.Signed latest = trusted(state.latest().get());
      boolean extended =
          latest.size() <= size
              && ProofCheck.consistency(
                  latest.size(),
                  latest.root(),
                  size,
                  root,
                  Proofs.consistency(latest.size(), size, tables::hashes));
      if (!extended) {
        throw new AuditUnavailableException(
            "the log does not extend its checkpoint of size " + latest.size());
      }
      if (latest.size() == size) {
        return latest;
      }
    }
    String text = new Checkpoint(signer.origin(), size, root).text();
    LogTables.Signed signed = new LogTables.Signed(size, root, signer.sign(text).encoded());
    tables.store(signed);
    return signed;
  }

  /** The stored checkpoint, if this log's key signed it; nothing else is handed out again. */
  private LogTables.Signed trusted(LogTables.Signed stored) {
    if (!isOurs(stored)) {
      throw new AuditUnavailableException(
          "the stored checkpoint of size " + stored.size() + " is not this log's");
    }
    return stored;
  }

  private boolean isOurs(LogTables.Signed stored) {
    try {
      SignedNote note = SignedNote.parse(stored.note());
      Checkpoint said = new Checkpoint(signer.origin(), stored.size(), stored.root());
      return signer.verifier().verifies(note) && note.text().equals(said.text());
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private <T> T read(LogTables.Work<T> work) {
    try (Connection connection = runtime.getConnection()) {
      return work.with(new LogTables(connection));
    } catch (SQLException e) {
      throw new AuditUnavailableException("the audit log cannot be read", e);
    }
  }
}
