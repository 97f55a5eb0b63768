package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admin.PluginRefused.Reason;
import dev.cordon.core.catalog.BuiltInPlugins;
import dev.cordon.core.catalog.PackageLoader;
import dev.cordon.core.catalog.PluginTrust;
import dev.cordon.core.catalog.Trips;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.PluginLeaf;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.evaluation.EvaluationRefusedException;
import dev.cordon.sandbox.evaluation.EvaluationReport;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Takes packages and their evaluations in. What is refused leaves a leaf with the reason and
 * nothing else; nothing of a package runs here.
 */
@ApplicationScoped
public class PluginIntake {
  private final PluginRegistry registry;
  private final BuiltInPlugins builtIn;
  private final PluginTrust trust;
  private final Trips trips;
  private final AuditWriter audit;
  private final Pseudonyms pseudonyms;
  private final Clock clock;

  public PluginIntake(
      PluginRegistry registry,
      BuiltInPlugins builtIn,
      PluginTrust trust,
      Trips trips,
      AuditWriter audit,
      Pseudonyms pseudonyms,
      Clock clock) {
    this.registry = registry;
    this.builtIn = builtIn;
    this.trust = trust;
    this.trips = trips;
    this.audit = audit;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** A package with the receipt of the change that made it what it is. */
  public record Installed(InstalledPackage entry, Receipt receipt) {}

  /** Verifies an archive and keeps it, waiting for review. */
  public Installed install(Steward steward, byte[] archive) {
    try {
      InstalledPackage entry = verified(steward, archive);
      Leaf leaf =
          PluginLeaf.bySteward(
              entry.installedAt(),
              steward.tenant(),
              entry.installedBy(),
              LeafKind.PLUGIN_INSTALLED,
              name(entry),
              List.of());
      return new Installed(entry, add(entry, archive, leaf));
    } catch (PluginPackageException e) {
      throw refusal(steward, Code.PLUGIN_REFUSED, new PluginRefused(e, ""), archive);
    } catch (PluginRefused e) {
      throw refusal(steward, Code.PLUGIN_REFUSED, e, archive);
    }
  }

  private InstalledPackage verified(Steward steward, byte[] archive)
      throws PluginPackageException, PluginRefused {
    PluginPackage pack = PluginPackage.open(archive, trust.publishers());
    InstalledPackage entry = InstalledPackage.of(pack, steward.pseudonym(pseudonyms), now());
    // A leaf holds nothing that could be a mail address, such as x@1.0.0-rc.beta.
    if (entry.version().matches(".*\\.[A-Za-z]{2,}.*")) {
      throw new PluginRefused(
          Reason.VERSION, "", "after a dot, `version` has no word of two letters or more");
    }
    PackageLoader.compile(pack, trips);
    return entry;
  }

  /** Keeps that a person reviewed a package with this signed evaluation before them. */
  public Installed review(Steward steward, String digest, byte[] report) {
    InstalledPackage entry =
        audit
            .commit(() -> registry.find(digest))
            .filter(found -> found.state() != State.REMOVED)
            .orElseThrow(
                () -> Problem.at("digest", Code.NOT_FOUND, "there is no package `" + digest + "`"));
    try {
      Review review =
          new Review(digest, steward.pseudonym(pseudonyms), now(), evaluation(entry, report));
      Leaf leaf =
          PluginLeaf.bySteward(
              review.at(),
              steward.tenant(),
              review.reviewer(),
              LeafKind.PLUGIN_REVIEWED,
              name(entry),
              List.of("evaluation:" + review.evaluation()));
      return new Installed(entry, audit.write(leaf, () -> registry.add(review, report)));
    } catch (PluginRefused e) {
      throw refusal(steward, Code.EVALUATION_REFUSED, e, report);
    }
  }

  /** Digest of a report that an evaluator signed, about this package, with every check passed. */
  private String evaluation(InstalledPackage entry, byte[] bytes) throws PluginRefused {
    try {
      EvaluationReport report =
          EvaluationReport.read(bytes, trust.evaluators()).requireOf(entry.digest());
      if (!report.passed()) {
        throw new PluginRefused(
            Reason.EVALUATION_FAILED, name(entry), "a check of the evaluation did not pass");
      }
      Optional<String> signersName = trust.evaluators().publisherOf(entry.signer());
      if (signersName.equals(Optional.of(report.evaluator()))) {
        throw new PluginRefused(
            Reason.OWN_EVALUATION, name(entry), "whoever signed the package does not evaluate it");
      }
      return report.digest();
    } catch (EvaluationRefusedException e) {
      throw new PluginRefused(e, name(entry));
    }
  }

  /** One of the two. */
  private record Taken(Optional<PluginRefused> refused, Optional<Receipt> receipt) {}

  private Receipt add(InstalledPackage entry, byte[] archive, Leaf leaf) throws PluginRefused {
    Taken taken =
        audit.commit(
            () -> {
              registry.lockInstalling();
              Optional<PluginRefused> clash =
                  Clash.of(entry, registry.all(), builtIn.descriptors());
              if (clash.isEmpty() && !registry.add(entry, archive)) {
                clash = Optional.of(Clash.duplicate(entry, "the package is installed already"));
              }
              return clash.isPresent()
                  ? new Taken(clash, Optional.empty())
                  : new Taken(clash, Optional.of(audit.append(leaf)));
            });
    if (taken.refused().isPresent()) {
      throw taken.refused().get();
    }
    return taken.receipt().orElseThrow();
  }

  /** As below, of a package that was taken and can no longer be believed. */
  Problem refusal(Steward steward, PluginRefused refused) {
    return refusal(steward, Code.PLUGIN_REFUSED, refused, new byte[0]);
  }

  /** The problem of a refusal, once the refusal is on record. */
  Problem refusal(Steward steward, Code code, PluginRefused refused, byte[] brought) {
    Leaf leaf =
        PluginLeaf.refused(
            now(),
            steward.tenant(),
            steward.pseudonym(pseudonyms),
            refused.reason(),
            refused.plugin(),
            brought);
    Receipt receipt = audit.write(leaf);
    return Problem.of(code, refused.reason() + ": " + refused.getMessage(), refused)
        .recorded(new Problem.Refusal(leaf.id(), Optional.empty(), receipt));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  static String name(InstalledPackage entry) {
    return PluginLeaf.name(entry.id(), entry.version(), entry.digest());
  }
}
