package dev.cordon.audit.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** RFC 6962 section 2.1 word for word: the recursive definitions over a list of leaf hashes. */
public record ReferenceTree(List<byte[]> leafHashes) {
  /** The tree of {@code size} leaf hashes that a seed determines. */
  public static ReferenceTree seeded(int size, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<byte[]> hashes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      hashes.add(hash);
    }
    return new ReferenceTree(hashes);
  }

  /** MTH(D[n]). */
  public byte[] root() {
    return switch (leafHashes.size()) {
      case 0 -> TreeHash.empty();
      case 1 -> leafHashes.getFirst();
      default -> TreeHash.node(left().root(), right().root());
    };
  }

  /** PATH(m, D[n]). */
  public List<byte[]> path(int index) {
    if (leafHashes.size() == 1) {
      return List.of();
    }
    List<byte[]> path =
        new ArrayList<>(index < split() ? left().path(index) : right().path(index - split()));
    path.add(index < split() ? right().root() : left().root());
    return path;
  }

  /** PROOF(m, D[n]). */
  public List<byte[]> proof(int oldSize) {
    return oldSize == 0 ? List.of() : subproof(oldSize, true);
  }

  public ReferenceTree first(int size) {
    return new ReferenceTree(leafHashes.subList(0, size));
  }

  /** The hashes of complete subtrees, each by definition. */
  public NodeHashes nodes() {
    return nodes -> nodes.stream().map(this::node).toList();
  }

  private byte[] node(Node node) {
    int from = Math.toIntExact(node.index() << node.level());
    int to = Math.toIntExact((node.index() + 1) << node.level());
    return new ReferenceTree(leafHashes.subList(from, to)).root();
  }

  private List<byte[]> subproof(int oldSize, boolean known) {
    if (oldSize == leafHashes.size()) {
      return known ? List.of() : List.of(root());
    }
    boolean inLeft = oldSize <= split();
    List<byte[]> proof =
        new ArrayList<>(
            inLeft ? left().subproof(oldSize, known) : right().subproof(oldSize - split(), false));
    proof.add(inLeft ? right().root() : left().root());
    return proof;
  }

  private int split() {
    return Integer.highestOneBit(leafHashes.size() - 1);
  }

  private ReferenceTree left() {
    return first(split());
  }

  private ReferenceTree right() {
    return new ReferenceTree(leafHashes.subList(split(), leafHashes.size()));
  }
}
