package dev.cordon.core.routing.choice;

import dev.cordon.core.routing.choice.Choice.Refused;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Choice.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among candidates: first what the policy allows, then what can answer, then the one
 * expected to be the fastest, where a price counts as time. Pure.
 */
public final class Chooser {
  private final double millisPerUnit;

  /**
   * @param millisPerUnit how long a caller may be kept waiting to save one unit of the currency
   */
  public Chooser(double millisPerUnit) {
    this.millisPerUnit = millisPerUnit;
  }

  /** The choice; the edge must be among the candidates. */
  public Choice choose(Asked asked, List<Candidate> candidates) {
    List<Rejected> rejected = new ArrayList<>();
    List<Candidate> left = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Optional<Rejection> why = rejection(asked, candidate);
      if (why.isPresent()) {
        rejected.add(new Rejected(candidate.id(), why.get()));
      } else {
        left.add(candidate);
      }
    }
    return asked.pin().isPresent()
        ? pinned(asked.pin().get(), left, rejected)
        : best(asked, left, rejected);
  }

  /** The edge, whatever else could take the call; a target that may is asked when it is unsure. */
  public Choice edgeFirst(Asked asked, List<Candidate> candidates) {
    List<Rejected> rejected = new ArrayList<>();
    Candidate edge = null;
    for (Candidate candidate : candidates) {
      if (candidate.isEdge()) {
        edge = candidate;
      } else {
        Rejection why = rejection(asked, candidate).orElse(Rejection.EDGE_FIRST);
        rejected.add(new Rejected(candidate.id(), why));
      }
    }
    return new Taken(edge, "the edge answers first", rejected);
  }

  /** The best target that may and can take a call that the edge was unsure of; else the edge. */
  public Choice afterEdge(Asked asked, List<Candidate> candidates) {
    List<Candidate> others = candidates.stream().filter(each -> !each.isEdge()).toList();
    if (others.stream().noneMatch(each -> rejection(asked, each).isEmpty())) {
      return edgeFirst(asked, candidates);
    }
    Choice best = choose(asked, others);
    List<Rejected> rejected = new ArrayList<>(best.rejected());
    rejected.add(new Rejected(Candidate.EDGE, Rejection.EDGE_UNSURE));
    return switch (best) {
      case Taken taken ->
          new Taken(
              taken.target(), "the edge was unsure of its answer, and " + taken.reason(), rejected);
      case Refused refused -> refused;
    };
  }

  private static Optional<Rejection> rejection(Asked asked, Candidate candidate) {
    if (candidate.isEdge()) {
      return Optional.empty();
    }
    if (asked.atEdge().isPresent()) {
      return asked.atEdge();
    }
    if (!candidate.tenants().contains(asked.tenant())) {
      return Optional.of(Rejection.TENANT);
    }
    for (String region : asked.regions()) {
      if (!region.equals(candidate.region())) {
        return Optional.of(Rejection.REGION);
      }
    }
    if (!candidate.dataClasses().containsAll(asked.dataClasses())) {
      return Optional.of(Rejection.DATA_CLASS);
    }
    return candidate.fault();
  }

  /** INVARIANT: a pinned call never gets another target. */
  private static Choice pinned(String pin, List<Candidate> left, List<Rejected> rejected) {
    Candidate found = null;
    for (Candidate candidate : left) {
      if (candidate.id().equals(pin)) {
        found = candidate;
      } else {
        rejected.add(new Rejected(candidate.id(), Rejection.PINNED));
      }
    }
    if (found != null) {
      return new Taken(found, "the call is pinned to `" + pin + "`", rejected);
    }
    for (Rejected each : rejected) {
      if (each.target().equals(pin)) {
        return new Refused(pin, each.why(), rejected);
      }
    }
    return new Refused(pin, Rejection.UNKNOWN, rejected);
  }

  private Choice best(Asked asked, List<Candidate> left, List<Rejected> rejected) {
    Optional<Candidate> kept =
        left.stream().filter(each -> asked.batch().equals(Optional.of(each.id()))).findFirst();
    Candidate best = kept.orElse(null);
    if (best == null) {
      for (Candidate candidate : left) {
        if (best == null || score(candidate) < score(best)) {
          best = candidate;
        }
      }
    }
    for (Candidate candidate : left) {
      if (candidate != best) {
        rejected.add(
            new Rejected(candidate.id(), kept.isPresent() ? Rejection.BATCH : Rejection.OUTSCORED));
      }
    }
    String reason =
        kept.isPresent()
            ? "the batch began on `" + best.id() + "`"
            : left.size() == 1
                ? "`" + best.id() + "` is the only target that may and can take the call"
                : "`" + best.id() + "` is expected to be the best of " + left.size();
    return new Taken(best, reason, rejected);
  }

  private double score(Candidate candidate) {
    return candidate.expectedMillis() + millisPerUnit * candidate.price();
  }
}
