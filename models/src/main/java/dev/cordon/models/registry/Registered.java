package dev.cordon.models.registry;

import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.ModelManifest.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * A package in the registry.
 *
 * @param digest of its manifest
 * @param root over all its files, as they were signed and reviewed
 * @param signer id of the key that signed it
 * @param stagedBy pseudonym of who staged it; empty for the host itself
 * @param decision who decided last, and when
 */
public record Registered(
    String digest,
    String root,
    String id,
    String version,
    String title,
    String family,
    Task task,
    String licence,
    String signer,
    PackageState state,
    String stagedBy,
    Instant stagedAt,
    Optional<Decided> decision) {
  /** Who moved a package to its present state and when; the host itself is the empty name. */
  public record Decided(String by, Instant at) {}

  /** A verified package, waiting for review. */
  public static Registered staged(VerifiedPackage verified, String by, Instant at) {
    ModelManifest manifest = verified.pack().manifest();
    return new Registered(
        verified.pack().digest(),
        verified.seal().root(),
        manifest.id(),
        manifest.version(),
        manifest.title(),
        manifest.family(),
        manifest.task(),
        manifest.licence(),
        verified.seal().signer(),
        PackageState.STAGED,
        by,
        at,
        Optional.empty());
  }

  /** The same after a decision. */
  public Registered moved(PackageState next, String by, Instant at) {
    return new Registered(
        digest,
        root,
        id,
        version,
        title,
        family,
        task,
        licence,
        signer,
        next,
        stagedBy,
        stagedAt,
        Optional.of(new Decided(by, at)));
  }
}
