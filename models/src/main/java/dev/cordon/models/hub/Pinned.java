package dev.cordon.models.hub;

import dev.cordon.models.digest.Sha256;

/**
 * The one content that a download may have.
 *
 * @param bytes its size; 0 when only the digest is known
 */
public record Pinned(String sha256, long bytes) {
  public Pinned {
    if (!sha256.matches(Sha256.FORM)) {
      throw new IllegalArgumentException("`" + sha256 + "` is no SHA-256 in lower-case hex");
    }
  }
}
