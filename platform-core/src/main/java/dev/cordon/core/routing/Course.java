package dev.cordon.core.routing;

import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where one leg of a call runs, why, and what it cost; its target may fail on the way. */
public final class Course {
  private final String target;
  private final String reason;
  private final List<Rejected> rejected;
  private BigDecimal cost;
  private Optional<Failure> failure = Optional.empty();

  /** That a target gave no answer, and why. */
  record Failure(Rejected target, String why) {}

  Course(String target, String reason, List<Rejected> rejected) {
    this(target, reason, rejected, BigDecimal.ZERO);
  }

  private Course(String target, String reason, List<Rejected> rejected, BigDecimal cost) {
    this.target = target;
    this.reason = reason;
    this.rejected = new ArrayList<>(rejected);
    this.cost = cost;
  }

  public String target() {
    return target;
  }

  public String reason() {
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

  boolean isAtEdge() {
    return target.equals(Candidate.EDGE);
  }

  /** Notes that the target gave no answer; what it says later counts no more. */
  synchronized void fail(Failure why) {
    failure = Optional.of(why);
  }

  synchronized Optional<Failure> failure() {
    return failure;
  }

  /** Takes over why a second leg failed, in place of what was said of its target, and its cost. */
  synchronized void passOver(Course second) {
    Rejected why = second.failure().orElseThrow().target();
    rejected.removeIf(each -> each.target().equals(why.target()));
    rejected.add(why);
    cost = cost.add(second.cost());
  }

  /** The edge's, for a call whose target failed. */
  synchronized Course home() {
    Rejected failed = failure.orElseThrow().target();
    Course home = new Course(Candidate.EDGE, moved(failed), rejected, cost);
    home.rejected.removeIf(each -> each.target().equals(Candidate.EDGE));
    home.rejected.add(failed);
    return home;
  }

  private static String moved(Rejected failed) {
    return failed.why() == Rejection.BUDGET_EXHAUSTED
        ? "the budget allows no more of `" + failed.target() + "`, so the call moved to the edge"
        : "`" + failed.target() + "` failed, so the call moved to the edge";
  }

  synchronized void charge(BigDecimal amount) {
    cost = cost.add(amount);
  }
}
