package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.Companions;
import dev.cordon.core.serving.InstalledPackages;
import dev.cordon.models.onnx.ParityGate;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.VerifiedPackage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Stages, activates and retires model packages; a change and its leaf are committed together, and
 * who staged a package never activates it.
 */
@ApplicationScoped
public class ModelDesk {
  private static final Logger LOG = Logger.getLogger(ModelDesk.class);

  private final ModelRegistry registry;
  private final InstalledPackages installed;
  private final ActiveModel serving;
  private final Companions companions;
  private final AuditWriter audit;
  private final Pseudonyms pseudonyms;
  private final Clock clock;

  public ModelDesk(
      ModelRegistry registry,
      InstalledPackages installed,
      ActiveModel serving,
      Companions companions,
      AuditWriter audit,
      Pseudonyms pseudonyms,
      Clock clock) {
    this.registry = registry;
    this.installed = installed;
    this.serving = serving;
    this.companions = companions;
    this.audit = audit;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** A package with the receipt of the change that made it what it is. */
  public record Recorded(Registered entry, Receipt receipt) {}

  /** Every package of the registry, the newest first. */
  public List<Registered> list() {
    return audit.commit(registry::all);
  }

  /** Puts a package on this host that passes the parity gate up for review, as new or changed. */
  public Recorded stage(Steward steward, String name) {
    VerifiedPackage verified = verified(() -> installed.named(name));
    Registered entry = Registered.staged(verified, pseudonym(steward), now());
    requireOneContent(entry);
    // Here too: a folder can be put under DATA/models by hand, without an import.
    requireParity(verified);
    return followed(
        steward,
        LeafKind.MODEL_STAGED,
        entry,
        () -> {
          Optional<Registered> known = registry.find(entry.digest());
          if (known.isEmpty()) {
            return registry.add(entry);
          }
          boolean unchanged = known.get().root().equals(entry.root());
          return (!unchanged || known.get().state() == PackageState.RETIRED)
              && registry.replace(known.get(), entry);
        });
  }

  /**
   * Lets a staged package answer in place of the one that did, if its papers are complete and it
   * can be loaded; one that the host brought along passes the parity gate first.
   */
  public Recorded activate(Steward steward, String digest) {
    Registered staged = known(digest);
    String actor = pseudonym(steward);
    if (staged.stagedBy().equals(actor)) {
      throw Problem.of(Code.FOUR_EYES, "who staged a package cannot activate it");
    }
    VerifiedPackage verified = verified(() -> installed.digested(digest));
    if (!verified.seal().root().equals(staged.root())) {
      throw Problem.of(
          Code.CONFLICT, "the package has changed since it was staged; stage it again");
    }
    verified
        .missing()
        .ifPresent(
            field -> {
              throw Problem.of(Code.MODEL_REFUSED, "the bill of materials lacks `" + field + "`");
            });
    if (staged.state() != PackageState.STAGED) {
      throw conflict();
    }
    if (staged.stagedBy().isEmpty()) {
      // The host staged it when it started, which ran nothing of it.
      requireParity(verified);
    }
    Registered active = staged.moved(PackageState.ACTIVE, actor, now());
    try {
      return replace(
          verified,
          () ->
              change(
                  steward,
                  LeafKind.MODEL_ACTIVATED,
                  active,
                  () -> retireActive(steward, active) && registry.replace(staged, active)));
    } catch (ModelPackageException e) {
      throw Problem.of(Code.MODEL_REFUSED, e.getMessage(), e);
    }
  }

  private Recorded replace(VerifiedPackage verified, Supplier<Recorded> commit)
      throws ModelPackageException {
    return switch (verified.pack().manifest().task()) {
      case IMAGE_TEXT_SIMILARITY -> serving.replace(verified, commit);
      case PROMPTABLE_SEGMENTATION -> companions.replaceSegmenter(verified, commit);
      case REGION_PROPOSAL -> companions.replaceProposer(verified, commit);
    };
  }

  private static void requireParity(VerifiedPackage verified) {
    try {
      ParityGate.check(verified.pack(), LOG::debug);
    } catch (ModelPackageException e) {
      throw Problem.of(Code.MODEL_REFUSED, e.getMessage(), e);
    }
  }

  /** An id and a version name one content, among the packages that are not retired. */
  private void requireOneContent(Registered entry) {
    boolean taken =
        list().stream()
            .filter(other -> other.state() != PackageState.RETIRED)
            .filter(other -> !other.digest().equals(entry.digest()))
            .anyMatch(
                other -> other.id().equals(entry.id()) && other.version().equals(entry.version()));
    if (taken) {
      throw Problem.of(
          Code.MODEL_REFUSED,
          "another package has this id and version; give this one a new version, or retire that");
    }
  }

  /** One package a task is active; the one that was until now gets a leaf of its own. */
  private boolean retireActive(Steward steward, Registered next) {
    Optional<Registered> old = registry.active(next.task());
    if (old.isEmpty()) {
      return true;
    }
    Registered retired = old.get().moved(PackageState.RETIRED, pseudonym(steward), now());
    audit.append(leaf(steward, LeafKind.MODEL_RETIRED, retired));
    return registry.replace(old.get(), retired);
  }

  /** Stops a package from answering. */
  public Recorded retire(Steward steward, String digest) {
    Registered known = known(digest);
    Registered retired = known.moved(PackageState.RETIRED, pseudonym(steward), now());
    return followed(
        steward,
        LeafKind.MODEL_RETIRED,
        retired,
        () -> known.state() != PackageState.RETIRED && registry.replace(known, retired));
  }

  private Recorded followed(
      Steward steward, LeafKind kind, Registered entry, Supplier<Boolean> change) {
    Recorded recorded = change(steward, kind, entry, change);
    serving.refresh();
    return recorded;
  }

  private Recorded change(
      Steward steward, LeafKind kind, Registered entry, Supplier<Boolean> change) {
    Receipt receipt =
        audit.write(
            leaf(steward, kind, entry),
            () -> {
              if (!change.get()) {
                throw conflict();
              }
            });
    return new Recorded(entry, receipt);
  }

  private static Problem conflict() {
    return Problem.of(
        Code.CONFLICT, "the package is not in a state that allows this, or just changed");
  }

  private Registered known(String digest) {
    return audit
        .commit(() -> registry.find(digest))
        .orElseThrow(
            () ->
                Problem.at(
                    "digest", Code.NOT_FOUND, "the registry has no package `" + digest + "`"));
  }

  private interface Opening {
    Optional<VerifiedPackage> open() throws ModelPackageException;
  }

  private static VerifiedPackage verified(Opening opening) {
    try {
      return opening
          .open()
          .orElseThrow(
              () -> Problem.of(Code.NOT_FOUND, "this host has no such package; pull or import it"));
    } catch (ModelPackageException e) {
      throw Problem.of(Code.MODEL_REFUSED, e.getMessage(), e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private String pseudonym(Steward steward) {
    return steward.pseudonym(pseudonyms);
  }

  private Leaf leaf(Steward steward, LeafKind kind, Registered entry) {
    return ModelLeaf.bySteward(
        now(), steward.tenant(), pseudonym(steward), kind, entry.digest(), entry.root());
  }
}
