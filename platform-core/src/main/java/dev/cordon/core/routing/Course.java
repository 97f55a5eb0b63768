package dev.cordon.core.routing;

import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice.Rejected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where one call runs, why, and what it cost; changes when a target fails on the way. */
public final class Course {
  private final Leg leg;
  private final List<Rejected> rejected;
  private String target;
  private String reason;
  private BigDecimal cost = BigDecimal.ZERO;
  private Optional<Rejected> failure = Optional.empty();

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

  /** Notes that the target of a second leg gave no answer. */
  synchronized void fail(Rejected why) {
    failure = Optional.of(why);
  }

  synchronized boolean hasFailed() {
    return failure.isPresent();
  }

  /** Takes over why a second leg failed, in place of what was said of its target, and its cost. */
  synchronized void passOver(Course second) {
    Rejected why = second.failure.orElseThrow();
    rejected.removeIf(each -> each.target().equals(why.target()));
    rejected.add(why);
    cost = cost.add(second.cost());
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
