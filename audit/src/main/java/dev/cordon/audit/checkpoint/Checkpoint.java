package dev.cordon.audit.checkpoint;

import dev.cordon.audit.tree.TreeHash;
import java.util.Base64;
import java.util.List;

/**
 * A C2SP tlog-checkpoint without its signatures: origin, tree size and 32-byte root; parsing is
 * strict and throws {@link IllegalArgumentException}.
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
  public Checkpoint {
    extensions = List.copyOf(extensions);
    root = root.clone();
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("a checkpoint has an origin of one line");
    }
    if (size < 0 || root.length != TreeHash.BYTES) {
      throw new IllegalArgumentException("a checkpoint has a size and a root of 32 bytes");
    }
    if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
      throw new IllegalArgumentException("an extension is one line that is not empty");
    }
  }

  /** A checkpoint without extension lines. */
  public Checkpoint(String origin, long size, byte[] root) {
    this(origin, size, root, List.of());
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException("a checkpoint has at least three lines");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
      throw new IllegalArgumentException("the size of a checkpoint is a plain decimal");
    }
    List<String> extensions = List.of(lines).subList(3, lines.length - 1);
    // A 19-digit number may exceed a long; the exception it throws is an illegal argument too.
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), KeyName.base64(lines[2]), extensions);
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder text = new StringBuilder(origin).append('\n').append(size).append('\n');
    text.append(Base64.getEncoder().encodeToString(root)).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }
}
