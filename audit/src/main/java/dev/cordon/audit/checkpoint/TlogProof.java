package dev.cordon.audit.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A C2SP tlog-proof: an entry's index, its inclusion path (sibling first) and the checkpoint note
 * it leads to, verbatim; parsing is strict and throws {@link IllegalArgumentException}.
 */
public record TlogProof(Optional<String> extra, long index, List<byte[]> path, String checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final int MAX_PATH = 63;

  public TlogProof {
    path = List.copyOf(path);
    if (index < 0 || path.size() > MAX_PATH) {
      throw new IllegalArgumentException("a proof has an index and at most 63 hashes");
    }
    if (path.stream().anyMatch(hash -> hash.length != 32)) {
      throw new IllegalArgumentException("a proof holds hashes of 32 bytes");
    }
  }

  /** A proof without the extra line. */
  public TlogProof(long index, List<byte[]> path, String checkpoint) {
    this(Optional.empty(), index, path, checkpoint);
  }

  /** Reads a proof file. */
  public static TlogProof parse(String proof) {
    int split = proof.indexOf("\n\n");
    if (split < 0) {
      throw new IllegalArgumentException("a proof has an empty line before its checkpoint");
    }
    List<String> lines = new ArrayList<>(Arrays.asList(proof.substring(0, split).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw new IllegalArgumentException("a proof begins with `" + HEADER + "`");
    }
    Optional<String> extra = Optional.empty();
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      extra = Optional.of(lines.removeFirst().substring("extra ".length()));
      KeyName.base64(extra.orElseThrow());
    }
    if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9][0-9]{0,18})")) {
      throw new IllegalArgumentException("a proof names the index of its entry");
    }
    long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
    List<byte[]> path = lines.stream().map(KeyName::base64).toList();
    return new TlogProof(extra, index, path, proof.substring(split + 2));
  }

  /** The proof as a file. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(value -> text.append("extra ").append(value).append('\n'));
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }
}
