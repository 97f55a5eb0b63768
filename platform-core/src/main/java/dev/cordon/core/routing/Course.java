package dev.cordon.core.routing;

import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Where one call runs, why, and what it cost; changes when a target fails on the way. */
public final class Course {
  private final Leg leg;
  private final List<Rejected> rejected;
  private String target;
  private String reason;
  private BigDecimal cost = BigDecimal.ZERO;

  /** The only leg of most calls, or the second of one that the edge was unsure of. */
  enum Leg {
    FIRST,
    SECOND
  }

  Course(Leg leg, String target, String reason, List<Rejected> rejected) {
    this.leg = leg;
    this.target = target;
    this.reason = reason;
    this.rejected = new ArrayList<>(rejected);
  }

  public synchronized String target() {
    return target;
  }

  public synchronized String reason() {
    return reason;
  }

  /** The candidates that were not taken, and why. */
  public synchronized List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  /** What targets charge for the call so far. */
  public synchronized BigDecimal cost() {
    return cost;
  }

  synchronized boolean isAtEdge() {
    return target.equals(Candidate.EDGE);
  }

  Leg leg() {
    return leg;
  }

  /** Notes that a target failed, instead of what was said of it before. */
  synchronized void failed(Rejected failed) {
    rejected.removeIf(each -> each.target().equals(failed.target()));
    rejected.add(failed);
  }

  /** Why this course's target gave no answer. */
  synchronized Rejected why() {
    return rejected.stream()
        .filter(each -> each.target().equals(target))
        .findFirst()
        .orElse(new Rejected(target, Rejection.FAILED));
  }

  synchronized void moveToEdge(Rejected failed, String why) {
    rejected.add(failed);
    target = Candidate.EDGE;
    reason = why;
  }

  synchronized void charge(BigDecimal amount) {
    cost = cost.add(amount);
  }
}
