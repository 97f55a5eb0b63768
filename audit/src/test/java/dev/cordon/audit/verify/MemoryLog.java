package dev.cordon.audit.verify;

import dev.cordon.audit.leaf.LeafFormat;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.TreeHash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A log in lists, as a writer that makes no mistake would have stored it. */
final class MemoryLog implements LogSource {
  final List<StoredEntry> entries = new ArrayList<>();
  final List<StoredNode> nodes = new ArrayList<>();
  final List<StoredCheckpoint> checkpoints = new ArrayList<>();
  final CompactRange tree = new CompactRange();

  void append(byte[] entry) {
    LeafFormat.Header header = LeafFormat.read(entry).orElseThrow();
    byte[] hash = TreeHash.leaf(entry);
    entries.add(
        new StoredEntry(tree.size(), header.id(), header.time(), header.tenant(), entry, hash));
    tree.append(
        hash,
        (node, value) -> {
          if (node.level() > 0) {
            nodes.add(new StoredNode(node.level(), node.index(), value));
          }
        });
  }

  @Override
  public Snapshot open() {
    return new Snapshot() {
      @Override
      public Optional<Head> head() {
        return Optional.of(new Head(tree.size(), tree.frontier()));
      }

      @Override
      public Iterator<StoredEntry> entries() {
        return entries.iterator();
      }

      @Override
      public Iterator<StoredNode> nodes() {
        return nodes.iterator();
      }

      @Override
      public Iterator<StoredCheckpoint> checkpoints() {
        return checkpoints.iterator();
      }

      @Override
      public void close() {}
    };
  }
}
