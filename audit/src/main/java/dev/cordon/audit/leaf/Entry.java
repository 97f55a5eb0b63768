package dev.cordon.audit.leaf;

import java.util.Arrays;

/** One committed entry as the log keeps it: its index, canonical JSON and 32-byte leaf hash. */
public record Entry(long index, byte[] json, byte[] leafHash) {
  public Entry {
    json = json.clone();
    leafHash = leafHash.clone();
  }

  @Override
  public byte[] json() {
    return json.clone();
  }

  @Override
  public byte[] leafHash() {
    return leafHash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry that
        && index == that.index
        && Arrays.equals(json, that.json)
        && Arrays.equals(leafHash, that.leafHash);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(index) + Arrays.hashCode(leafHash);
  }
}
