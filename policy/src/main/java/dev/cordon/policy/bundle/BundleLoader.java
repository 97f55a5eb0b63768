package dev.cordon.policy.bundle;

import java.nio.file.Path;
import java.util.Optional;

/** Loads the shipped packs and those of a directory, or refuses all of them. */
public final class BundleLoader {
  private BundleLoader() {}

  /**
   * Loads the shipped packs and {@code *.yaml} of the directory, sorted by name.
   *
   * @throws PolicyLoadException with {@code file:line:column: what is wrong} for the first error
   */
  public static PolicyBundle load(Optional<Path> policyDirectory) throws PolicyLoadException {
    throw new UnsupportedOperationException("not built yet");
  }
}
