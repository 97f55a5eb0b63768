package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.catalog.PackageLoader;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.pack.PluginPackageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides which packages answer for whom; a change and its leaf are committed together, and nobody
 * enables what no other person has reviewed.
 */
@ApplicationScoped
public class PluginDesk {
  private final PluginRegistry registry;
  private final PluginIntake intake;
  private final PluginChanges changes;
  private final PackageLoader loader;
  private final PolicyDecisionPoint policy;
  private final AuditWriter audit;
  private final Pseudonyms pseudonyms;
  private final Clock clock;

  public PluginDesk(
      PluginRegistry registry,
      PluginIntake intake,
      PluginChanges changes,
      PackageLoader loader,
      PolicyDecisionPoint policy,
      AuditWriter audit,
      Pseudonyms pseudonyms,
      Clock clock) {
    this.registry = registry;
    this.intake = intake;
    this.changes = changes;
    this.loader = loader;
    this.policy = policy;
    this.audit = audit;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** Lets a package answer where none does. */
  public Receipt enable(Steward steward, String digest, String purpose) {
    InstalledPackage entry = ready(steward, digest);
    Place place = place(steward, purpose, entry);
    return decide(
        steward,
        LeafKind.PLUGIN_ENABLED,
        entry,
        purpose,
        Optional.of(support(steward, entry)),
        actor -> registry.enable(new Enablement(place, digest, Optional.empty(), actor, now())));
  }

  /** Lets a package answer in place of the one that does; calls under way end with the old one. */
  public Receipt replace(Steward steward, String digest, String purpose) {
    InstalledPackage entry = ready(steward, digest);
    Enablement before = enabled(place(steward, purpose, entry));
    if (before.digest().equals(digest)) {
      throw Problem.of(Code.CONFLICT, "the package answers there already");
    }
    return swap(steward, LeafKind.PLUGIN_REPLACED, before, entry);
  }

  /** Lets the package that a package replaced answer again. */
  public Receipt rollBack(Steward steward, String digest, String purpose) {
    Enablement before = enabled(place(steward, purpose, known(digest)), digest);
    String previous =
        before
            .previous()
            .orElseThrow(
                () -> Problem.of(Code.CONFLICT, "no package answered there before this one"));
    return swap(steward, LeafKind.PLUGIN_ROLLED_BACK, before, ready(steward, previous));
  }

  private Receipt swap(Steward steward, LeafKind kind, Enablement before, InstalledPackage entry) {
    return decide(
        steward,
        kind,
        entry,
        before.place().purpose(),
        Optional.of(support(steward, entry)),
        actor ->
            registry.replace(
                before,
                new Enablement(
                    before.place(), entry.digest(), Optional.of(before.digest()), actor, now())));
  }

  /** Ends the enablement of a package for a purpose; one person is enough to stop. */
  public Receipt disable(Steward steward, String digest, String purpose) {
    InstalledPackage entry = known(digest);
    // Whether or not the policy still lists it: stopping never depends on what would be permitted.
    Place place = new Place(steward.tenant(), purpose, entry.capability());
    Enablement before = enabled(place, digest);
    return decide(
        steward,
        LeafKind.PLUGIN_DISABLED,
        entry,
        purpose,
        Optional.empty(),
        actor -> registry.disable(before));
  }

  /** Drops the bytes of a package that answers nowhere. */
  public Receipt remove(Steward steward, String digest) {
    InstalledPackage entry = known(digest);
    return changes.commit(
        steward,
        LeafKind.PLUGIN_REMOVED,
        PluginIntake.name(entry),
        List.of(),
        actor -> registry.remove(digest));
  }

  /** A package that may answer: present, not killed, and loadable on this host. */
  private InstalledPackage ready(Steward steward, String digest) {
    InstalledPackage entry = known(digest);
    if (entry.state() == State.REMOVED) {
      throw Problem.of(Code.CONFLICT, "the package was removed; install it again");
    }
    boolean killed =
        audit.commit(registry::kills).stream()
            .anyMatch(kill -> kill.name().equals(digest) || kill.name().equals(entry.id()));
    if (killed) {
      throw Problem.of(Code.CONFLICT, "its kill switch is pulled");
    }
    try {
      loader.tryOut(digest);
    } catch (PluginPackageException e) {
      throw intake.refusal(steward, new PluginRefused(e, PluginIntake.name(entry)));
    }
    return entry;
  }

  /** The newest review of somebody who neither installed the package nor acts now. */
  private Review support(Steward steward, InstalledPackage entry) {
    List<Review> reviews =
        audit.commit(registry::reviews).stream()
            .filter(review -> review.digest().equals(entry.digest()))
            .toList();
    if (reviews.isEmpty()) {
      throw Problem.of(Code.CONFLICT, "the package was not reviewed yet");
    }
    String actor = steward.pseudonym(pseudonyms);
    return reviews.stream()
        .filter(review -> !review.reviewer().equals(actor))
        .filter(review -> !review.reviewer().equals(entry.installedBy()))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                    Code.FOUR_EYES,
                    "somebody who neither installed the package nor enables it must review it"));
  }

  /** Only a purpose whose policy lists the capability: enabling never widens the policy. */
  private Place place(Steward steward, String purpose, InstalledPackage entry) {
    boolean listed =
        policy
            .bundle()
            .tenant(steward.tenant())
            .map(tenant -> tenant.purposes().get(purpose))
            .filter(known -> known.capabilities().contains(entry.capability()))
            .isPresent();
    if (!listed) {
      throw Problem.at(
          "request.purpose",
          Code.CONFLICT,
          "the tenant has no purpose of this name whose capabilities list `"
              + entry.capability()
              + "`");
    }
    return new Place(steward.tenant(), purpose, entry.capability());
  }

  private Enablement enabled(Place place) {
    return audit
        .commit(() -> registry.enabled(place))
        .orElseThrow(() -> Problem.of(Code.CONFLICT, "no package is enabled there"));
  }

  private Enablement enabled(Place place, String digest) {
    Enablement found = enabled(place);
    if (!found.digest().equals(digest)) {
      throw Problem.of(Code.CONFLICT, "another package is enabled there");
    }
    return found;
  }

  private Receipt decide(
      Steward steward,
      LeafKind kind,
      InstalledPackage entry,
      String purpose,
      Optional<Review> review,
      Function<String, Boolean> change) {
    List<String> rules =
        review
            .map(found -> List.of("purpose:" + purpose, "evaluation:" + found.evaluation()))
            .orElse(List.of("purpose:" + purpose));
    return changes.commit(steward, kind, PluginIntake.name(entry), rules, change);
  }

  private InstalledPackage known(String digest) {
    return audit
        .commit(() -> registry.find(digest))
        .orElseThrow(
            () -> Problem.at("digest", Code.NOT_FOUND, "there is no package `" + digest + "`"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
