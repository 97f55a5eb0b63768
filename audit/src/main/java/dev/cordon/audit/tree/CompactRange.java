package dev.cordon.audit.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The right edge of a tree: its size and the roots of its maximal complete subtrees, largest first;
 * appends in O(1) amortised and knows the root. Not thread-safe.
 */
public final class CompactRange {
  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  /** The range of the tree without leaves. */
  public CompactRange() {}

  /** Restores a range from its size and the concatenated hashes of {@link #frontier()}. */
  public CompactRange(long size, byte[] frontier) {
    if (size < 0 || frontier.length != Long.bitCount(size) * TreeHash.BYTES) {
      throw new IllegalArgumentException("the frontier does not fit a tree of " + size + " leaves");
    }
    this.size = size;
    for (int at = 0; at < frontier.length; at += TreeHash.BYTES) {
      roots.add(Arrays.copyOfRange(frontier, at, at + TreeHash.BYTES));
    }
  }

  /**
   * Appends one leaf hash and hands every subtree this completes, from the leaf upwards, to the
   * visitor.
   */
  public void append(byte[] leafHash, BiConsumer<Node, byte[]> completed) {
    byte[] hash = leafHash.clone();
    long index = size;
    completed.accept(new Node(0, index), hash);
    // INVARIANT: a set bit l of the size is a complete subtree of level l, the lowest one last.
    for (int level = 0; (size >> level & 1) == 1; level++) {
      hash = TreeHash.node(roots.removeLast(), hash);
      index >>= 1;
      completed.accept(new Node(level + 1, index), hash);
    }
    roots.add(hash);
    size++;
  }

  /** How many leaves the tree has. */
  public long size() {
    return size;
  }

  /** The Merkle tree hash of all leaves. */
  public byte[] root() {
    if (roots.isEmpty()) {
      return TreeHash.empty();
    }
    byte[] root = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = TreeHash.node(roots.get(i), root);
    }
    return root.clone();
  }

  /** The subtree roots, largest first, 32 bytes each in a row. */
  public byte[] frontier() {
    byte[] frontier = new byte[roots.size() * TreeHash.BYTES];
    for (int i = 0; i < roots.size(); i++) {
      System.arraycopy(roots.get(i), 0, frontier, i * TreeHash.BYTES, TreeHash.BYTES);
    }
    return frontier;
  }
}
