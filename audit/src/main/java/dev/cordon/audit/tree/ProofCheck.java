package dev.cordon.audit.tree;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The verifiers of RFC 9162 sections 2.1.3.2 and 2.1.4.2; a malformed proof is simply false. */
public final class ProofCheck {
  private ProofCheck() {}

  /** True when the path proves the leaf at that index of the tree with that size and root. */
  public static boolean inclusion(
      long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size || !hashes(path) || leafHash.length != TreeHash.BYTES) {
      return false;
    }
    Walk walk = new Walk(index, size - 1);
    byte[] hash = leafHash;
    for (byte[] sibling : path) {
      if (walk.last == 0) {
        return false;
      }
      if (walk.siblingIsLeft()) {
        hash = TreeHash.node(sibling, hash);
        walk.skipMissingRight();
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      walk.up();
    }
    return walk.last == 0 && MessageDigest.isEqual(hash, root);
  }

  /** True when the proof shows that the old tree is a prefix of the new one. */
  public static boolean consistency(
      long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
    if (oldSize < 0 || oldSize > size || !hashes(proof) || !hashes(List.of(oldRoot, root))) {
      return false;
    }
    if (oldSize == size) {
      return proof.isEmpty() && MessageDigest.isEqual(oldRoot, root);
    }
    if (oldSize == 0) {
      return proof.isEmpty() && MessageDigest.isEqual(oldRoot, TreeHash.empty());
    }
    if (proof.isEmpty()) {
      return false;
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(oldSize) == 1) {
      path.addFirst(oldRoot);
    }
    return climb(oldSize, oldRoot, size, root, path);
  }

  private static boolean climb(
      long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> path) {
    Walk walk = new Walk(oldSize - 1, size - 1);
    while ((walk.first & 1) == 1) {
      walk.up();
    }
    byte[] oldHash = path.getFirst();
    byte[] newHash = path.getFirst();
    for (byte[] next : path.subList(1, path.size())) {
      if (walk.last == 0) {
        return false;
      }
      if (walk.siblingIsLeft()) {
        oldHash = TreeHash.node(next, oldHash);
        newHash = TreeHash.node(next, newHash);
        walk.skipMissingRight();
      } else {
        newHash = TreeHash.node(newHash, next);
      }
      walk.up();
    }
    return walk.last == 0
        && MessageDigest.isEqual(oldHash, oldRoot)
        && MessageDigest.isEqual(newHash, root);
  }

  private static boolean hashes(List<byte[]> proof) {
    return proof.stream().allMatch(hash -> hash.length == TreeHash.BYTES);
  }

  /** The pair (fn, sn) of RFC 9162: our position and the last position on the current level. */
  private static final class Walk {
    private long first;
    private long last;

    Walk(long first, long last) {
      this.first = first;
      this.last = last;
    }

    boolean siblingIsLeft() {
      return (first & 1) == 1 || first == last;
    }

    void skipMissingRight() {
      while ((first & 1) == 0 && first != 0) {
        up();
      }
    }

    void up() {
      first >>= 1;
      last >>= 1;
    }
  }
}
