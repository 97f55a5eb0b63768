package dev.cordon.audit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R37")
class TreeTest {
  static IntStream sizes() {
    return IntStream.rangeClosed(1, 70);
  }

  @Test
  void theEmptyTreeHasTheHashOfNothing() {
    assertArrayEquals(TreeHash.empty(), new CompactRange().root());
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        HexFormat.of().formatHex(TreeHash.empty()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theCompactRangeHasTheRootOfTheDefinitionAndCompletesEverySubtreeOnce(int size) {
    ReferenceTree reference = ReferenceTree.seeded(size, size);
    CompactRange range = new CompactRange();
    List<Node> completed = new ArrayList<>();
    for (byte[] hash : reference.leafHashes()) {
      range.append(
          hash,
          (node, value) -> {
            completed.add(node);
            assertArrayEquals(reference.nodes().read(List.of(node)).getFirst(), value);
          });
    }
    assertArrayEquals(reference.root(), range.root());
    assertEquals(completed.size(), completed.stream().distinct().count());
    assertEquals(2L * size - Long.bitCount(size), completed.size());
    CompactRange restored = new CompactRange(range.size(), range.frontier());
    assertArrayEquals(range.root(), restored.root());
    assertArrayEquals(reference.root(), Proofs.root(size, reference.nodes()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyInclusionProofIsTheDefinitionAndVerifies(int size) {
    ReferenceTree tree = ReferenceTree.seeded(size, 1000 + size);
    byte[] root = tree.root();
    for (int index = 0; index < size; index++) {
      List<byte[]> path = Proofs.inclusion(index, size, tree.nodes());
      assertSame(tree.path(index), path);
      byte[] leaf = tree.leafHashes().get(index);
      assertTrue(ProofCheck.inclusion(index, size, leaf, path, root));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyConsistencyProofIsTheDefinitionAndVerifies(int size) {
    ReferenceTree tree = ReferenceTree.seeded(size, 2000 + size);
    byte[] root = tree.root();
    for (int old = 0; old <= size; old++) {
      List<byte[]> proof = Proofs.consistency(old, size, tree.nodes());
      assertSame(tree.proof(old), proof);
      assertTrue(ProofCheck.consistency(old, tree.first(old).root(), size, root, proof));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aFlippedBitAnywhereBreaksAnInclusionProof(int size) {
    ReferenceTree tree = ReferenceTree.seeded(size, 3000 + size);
    byte[] root = tree.root();
    SplittableRandom random = new SplittableRandom(size);
    for (int index = 0; index < size; index++) {
      List<byte[]> path = tree.path(index);
      byte[] leaf = tree.leafHashes().get(index);
      assertFalse(ProofCheck.inclusion(index, size, flipped(leaf, random), path, root));
      assertFalse(ProofCheck.inclusion(index, size, leaf, path, flipped(root, random)));
      assertFalse(ProofCheck.inclusion(size, size, leaf, path, root));
      assertFalse(ProofCheck.inclusion(-1, size, leaf, path, root));
      for (int at = 0; at < path.size(); at++) {
        assertFalse(ProofCheck.inclusion(index, size, leaf, flippedAt(path, at, random), root));
        assertFalse(ProofCheck.inclusion(index, size, leaf, without(path, at), root));
      }
      assertFalse(ProofCheck.inclusion(index, size, leaf, with(path, leaf), root));
      for (int other = 0; other < size; other++) {
        byte[] otherLeaf = tree.leafHashes().get(other);
        assertEquals(other == index, ProofCheck.inclusion(index, size, otherLeaf, path, root));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aFlippedBitAnywhereBreaksAConsistencyProof(int size) {
    ReferenceTree tree = ReferenceTree.seeded(size, 4000 + size);
    byte[] root = tree.root();
    SplittableRandom random = new SplittableRandom(size);
    for (int old = 1; old <= size; old++) {
      byte[] oldRoot = tree.first(old).root();
      List<byte[]> proof = tree.proof(old);
      assertFalse(ProofCheck.consistency(old, flipped(oldRoot, random), size, root, proof));
      assertFalse(ProofCheck.consistency(old, oldRoot, size, flipped(root, random), proof));
      for (int at = 0; at < proof.size(); at++) {
        List<byte[]> changed = flippedAt(proof, at, random);
        assertFalse(ProofCheck.consistency(old, oldRoot, size, root, changed));
        assertFalse(ProofCheck.consistency(old, oldRoot, size, root, without(proof, at)));
      }
      assertFalse(ProofCheck.consistency(old, oldRoot, size, root, with(proof, root)));
    }
  }

  @Test
  void malformedProofsAreFalseAndNotErrors() {
    byte[] hash = new byte[32];
    byte[] stub = new byte[3];
    assertFalse(ProofCheck.inclusion(0, 2, hash, List.of(stub), hash));
    assertFalse(ProofCheck.inclusion(0, 1, stub, List.of(), stub));
    assertFalse(ProofCheck.consistency(3, hash, 2, hash, List.of()));
    assertFalse(ProofCheck.consistency(-1, hash, 2, hash, List.of()));
    assertFalse(ProofCheck.consistency(1, stub, 2, hash, List.of(hash)));
    assertFalse(ProofCheck.consistency(1, hash, 2, hash, List.of()));
    assertFalse(ProofCheck.consistency(0, hash, 2, hash, List.of()));
  }

  @Test
  void aFrontierThatDoesNotFitItsSizeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CompactRange(3, new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> new CompactRange(-1, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> Proofs.inclusion(2, 2, nodes -> List.of()));
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
    assertArrayEquals(expected.toArray(), actual.toArray());
  }

  private static byte[] flipped(byte[] hash, SplittableRandom random) {
    byte[] copy = hash.clone();
    int bit = random.nextInt(copy.length * 8);
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  private static List<byte[]> flippedAt(List<byte[]> hashes, int at, SplittableRandom random) {
    List<byte[]> copy = new ArrayList<>(hashes);
    copy.set(at, flipped(copy.get(at), random));
    return copy;
  }

  private static List<byte[]> without(List<byte[]> hashes, int at) {
    List<byte[]> copy = new ArrayList<>(hashes);
    copy.remove(at);
    return copy;
  }

  private static List<byte[]> with(List<byte[]> hashes, byte[] more) {
    List<byte[]> copy = new ArrayList<>(hashes);
    copy.add(more);
    return copy;
  }
}
