package dev.cordon.audit.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the proofs of RFC 6962 sections 2.1.1 and 2.1.2 from complete subtrees only: O(log n)
 * hashes, read in one request.
 */
public final class Proofs {
  private Proofs() {}

  /** The audit path of a leaf in the tree of the first {@code size} leaves, its sibling first. */
  public static List<byte[]> inclusion(long index, long size, NodeHashes hashes) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("leaf " + index + " is not in a tree of " + size);
    }
    List<Span> path = new ArrayList<>();
    path(index, new Span(0, size), path);
    return read(path, hashes);
  }

  /** Proves that the tree of {@code oldSize} leaves is a prefix of the tree of {@code size}. */
  public static List<byte[]> consistency(long oldSize, long size, NodeHashes hashes) {
    if (oldSize < 0 || oldSize > size) {
      throw new IllegalArgumentException(
          "a tree of " + oldSize + " is no prefix of one of " + size);
    }
    if (oldSize == 0 || oldSize == size) {
      return List.of();
    }
    List<Span> proof = new ArrayList<>();
    subproof(oldSize, new Span(0, size), true, proof);
    return read(proof, hashes);
  }

  /** The root of the tree of the first {@code size} leaves. */
  public static byte[] root(long size, NodeHashes hashes) {
    return size == 0 ? TreeHash.empty() : read(List.of(new Span(0, size)), hashes).getFirst();
  }

  // PATH(m, D[n]); bounds are absolute, so the shift by k of the definition falls away.
  private static void path(long index, Span span, List<Span> out) {
    if (span.length() == 1) {
      return;
    }
    if (index < span.middle()) {
      path(index, span.left(), out);
      out.add(span.right());
    } else {
      path(index, span.right(), out);
      out.add(span.left());
    }
  }

  // SUBPROOF(m, D[n], b): b is true while the old tree's root is the span's own hash.
  private static void subproof(long oldSize, Span span, boolean known, List<Span> out) {
    if (oldSize == span.to()) {
      if (!known) {
        out.add(span);
      }
    } else if (oldSize <= span.middle()) {
      subproof(oldSize, span.left(), known, out);
      out.add(span.right());
    } else {
      subproof(oldSize, span.right(), false, out);
      out.add(span.left());
    }
  }

  private static List<byte[]> read(List<Span> spans, NodeHashes hashes) {
    List<Node> nodes = new ArrayList<>();
    spans.forEach(span -> span.collect(nodes));
    List<byte[]> read = hashes.read(Collections.unmodifiableList(nodes));
    Map<Node, byte[]> known = HashMap.newHashMap(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      known.put(nodes.get(i), read.get(i));
    }
    return spans.stream().map(span -> span.hash(known)).toList();
  }

  /** Leaves from (inclusive) to (exclusive), starting at a multiple of its own rounded length. */
  private record Span(long from, long to) {
    long length() {
      return to - from;
    }

    long middle() {
      return from + Long.highestOneBit(length() - 1);
    }

    Span left() {
      return new Span(from, middle());
    }

    Span right() {
      return new Span(middle(), to);
    }

    boolean complete() {
      return Long.bitCount(length()) == 1;
    }

    // INVARIANT: the split at the largest power of two keeps `from` a multiple of a complete span.
    Node node() {
      int level = Long.numberOfTrailingZeros(length());
      return new Node(level, from >> level);
    }

    void collect(List<Node> nodes) {
      if (complete()) {
        nodes.add(node());
      } else {
        left().collect(nodes);
        right().collect(nodes);
      }
    }

    byte[] hash(Map<Node, byte[]> known) {
      return complete()
          ? known.get(node())
          : TreeHash.node(left().hash(known), right().hash(known));
    }
  }
}
