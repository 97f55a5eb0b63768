package dev.cordon.audit.verify;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteVerifier;
import dev.cordon.audit.checkpoint.SignedNote;
import dev.cordon.audit.leaf.LeafFormat;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.Node;
import dev.cordon.audit.tree.TreeHash;
import dev.cordon.audit.verify.Finding.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One pass over one snapshot: entries drive it, nodes and checkpoints follow in step. */
final class Rederivation {
  private static final int KEPT_FINDINGS = 1_000;
  private static final int PROGRESS_STEP = 1_000;

  private final LogSource.Snapshot snapshot;
  private final NoteVerifier verifier;
  private final LongConsumer progress;
  private final Upcoming<LogSource.StoredNode> nodes;
  private final Upcoming<LogSource.StoredCheckpoint> checkpoints;
  private final CompactRange tree = new CompactRange();
  private final List<Finding> findings = new ArrayList<>();
  private long findingCount;
  private long entryCount;
  private long checkpointCount;
  private boolean gap;
  private final Optional<Checkpoint> trusted;

  Rederivation(
      LogSource.Snapshot snapshot,
      String vkey,
      Optional<String> trustedCheckpoint,
      LongConsumer progress) {
    this.snapshot = snapshot;
    this.verifier = NoteVerifier.fromVkey(vkey);
    this.progress = progress;
    this.nodes = new Upcoming<>(snapshot.nodes());
    this.checkpoints = new Upcoming<>(snapshot.checkpoints());
    this.trusted = trustedCheckpoint.flatMap(this::trusted);
  }

  VerificationReport run() {
    checkpointsAt(0);
    Iterator<LogSource.StoredEntry> entries = snapshot.entries();
    long expected = 0;
    while (entries.hasNext()) {
      LogSource.StoredEntry entry = entries.next();
      entryCount++;
      if (entry.index() < expected) {
        report(Problem.ENTRY_DUPLICATED, entry.index(), "a second entry has this index");
        continue;
      }
      if (entry.index() > expected) {
        long missing = entry.index() - expected;
        report(Problem.ENTRY_MISSING, expected, missing + " entries are not there");
        gap = true;
      }
      entry(entry);
      expected = entry.index() + 1;
      if (entryCount % PROGRESS_STEP == 0) {
        progress.accept(entryCount);
      }
    }
    rest(expected);
    progress.accept(entryCount);
    String root = HexFormat.of().formatHex(tree.root());
    return new VerificationReport(entryCount, root, checkpointCount, findings, findingCount);
  }

  private void entry(LogSource.StoredEntry entry) {
    byte[] hash = TreeHash.leaf(entry.entry());
    if (!Arrays.equals(hash, entry.leafHash())) {
      report(Problem.LEAF_HASH_DIFFERS, entry.index(), "the entry does not have its stored hash");
    }
    Optional<LeafFormat.Header> header = LeafFormat.read(entry.entry());
    if (header.isEmpty()) {
      report(Problem.ENTRY_NOT_CANONICAL, entry.index(), "the entry is no canonical leaf");
    } else if (!header
        .get()
        .equals(new LeafFormat.Header(entry.id(), entry.time(), entry.tenant()))) {
      report(Problem.ENTRY_COLUMNS_DIFFER, entry.index(), "the row says otherwise than its entry");
    }
    tree.append(hash, this::node);
    if (!gap) {
      checkpointsAt(tree.size());
    }
  }

  // INVARIANT: stored nodes come in completion order, so both sides can be merged in one pass.
  private void node(Node node, byte[] hash) {
    if (node.level() == 0 || gap) {
      return;
    }
    while (nodes.present() && completesBefore(nodes.peek(), node)) {
      unexpected(nodes.take());
    }
    if (!nodes.present() || !same(nodes.peek(), node)) {
      report(Problem.NODE_MISSING, node.index(), "no subtree at level " + node.level());
    } else if (!Arrays.equals(nodes.take().hash(), hash)) {
      report(Problem.NODE_DIFFERS, node.index(), "another hash at level " + node.level());
    }
  }

  /** The checkpoint that was kept elsewhere, if it may be trusted at all. */
  private Optional<Checkpoint> trusted(String text) {
    try {
      SignedNote note = SignedNote.parse(text);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (verifier.verifies(note) && checkpoint.origin().equals(verifier.name())) {
        return Optional.of(checkpoint);
      }
      report(
          Problem.CHECKPOINT_SIGNATURE_INVALID,
          checkpoint.size(),
          "the key does not verify the trusted checkpoint");
    } catch (IllegalArgumentException e) {
      report(Problem.CHECKPOINT_MALFORMED, -1, "trusted checkpoint: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void checkpointsAt(long size) {
    trusted
        .filter(saved -> saved.size() == size && !Arrays.equals(saved.root(), tree.root()))
        .ifPresent(
            saved ->
                report(
                    Problem.CHECKPOINT_ROOT_DIFFERS,
                    size,
                    "the log has another root than the trusted checkpoint"));
    while (checkpoints.present() && checkpoints.peek().size() <= size) {
      LogSource.StoredCheckpoint stored = checkpoints.take();
      if (stored.size() < size || !Arrays.equals(stored.root(), tree.root())) {
        report(Problem.CHECKPOINT_ROOT_DIFFERS, stored.size(), "the log has another root here");
      }
      signature(stored);
    }
  }

  private void rest(long size) {
    while (!gap && nodes.present()) {
      unexpected(nodes.take());
    }
    while (checkpoints.present()) {
      LogSource.StoredCheckpoint stored = checkpoints.take();
      if (stored.size() > size) {
        report(Problem.CHECKPOINT_BEYOND_LOG, stored.size(), "signed over more than is there");
      }
      signature(stored);
    }
    trusted
        .filter(saved -> saved.size() > size)
        .ifPresent(
            saved ->
                report(
                    Problem.CHECKPOINT_BEYOND_LOG,
                    saved.size(),
                    "the trusted checkpoint covers more than is there"));
    Optional<LogSource.Head> head = snapshot.head();
    if (head.isEmpty()) {
      report(Problem.HEAD_MISSING, size, "the head row is not there");
    } else if (head.get().size() != size) {
      report(Problem.HEAD_SIZE_DIFFERS, size, "the head counts " + head.get().size() + " entries");
    } else if (!gap && !Arrays.equals(head.get().frontier(), tree.frontier())) {
      report(Problem.HEAD_FRONTIER_DIFFERS, size, "the head keeps other hashes");
    }
  }

  private void signature(LogSource.StoredCheckpoint stored) {
    checkpointCount++;
    try {
      SignedNote note = SignedNote.parse(stored.note());
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!verifier.verifies(note)) {
        report(Problem.CHECKPOINT_SIGNATURE_INVALID, stored.size(), "the key does not verify it");
      }
      if (!checkpoint.equals(new Checkpoint(verifier.name(), stored.size(), stored.root()))) {
        report(Problem.CHECKPOINT_COLUMNS_DIFFER, stored.size(), "the row says otherwise");
      }
    } catch (IllegalArgumentException e) {
      report(Problem.CHECKPOINT_MALFORMED, stored.size(), String.valueOf(e.getMessage()));
    }
  }

  private void unexpected(LogSource.StoredNode node) {
    report(Problem.NODE_UNEXPECTED, node.index(), "no such subtree at level " + node.level());
  }

  private void report(Problem what, long index, String detail) {
    findingCount++;
    if (findings.size() < KEPT_FINDINGS) {
      findings.add(new Finding(what, index, detail));
    }
  }

  private static boolean same(LogSource.StoredNode stored, Node node) {
    return stored.level() == node.level() && stored.index() == node.index();
  }

  private static boolean completesBefore(LogSource.StoredNode stored, Node node) {
    long storedEnd = (stored.index() + 1) << stored.level();
    long end = (node.index() + 1) << node.level();
    return storedEnd < end || (storedEnd == end && stored.level() < node.level());
  }

  /** An iterator with one element in hand. */
  private static final class Upcoming<T> {
    private final Iterator<T> source;
    private T next;

    Upcoming(Iterator<T> source) {
      this.source = source;
      take();
    }

    boolean present() {
      return next != null;
    }

    T peek() {
      return next;
    }

    T take() {
      T taken = next;
      next = source.hasNext() ? source.next() : null;
      return taken;
    }
  }
}
