package dev.cordon.audit.tree;

import java.util.List;

/** Reads the hashes of complete subtrees, in the order asked; fails when one is not there. */
@FunctionalInterface
public interface NodeHashes {
  List<byte[]> read(List<Node> nodes);
}
