package dev.cordon.audit.tree;

/**
 * A complete subtree: level 0 is a leaf, level {@code l} covers the leaves {@code index << l} up to
 * but not including {@code (index + 1) << l}.
 */
public record Node(int level, long index) {
  public Node {
    if (level < 0 || level > 62 || index < 0) {
      throw new IllegalArgumentException("no such subtree");
    }
  }
}
