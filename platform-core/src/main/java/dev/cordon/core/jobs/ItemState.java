package dev.cordon.core.jobs;

import dev.cordon.core.problem.Problem;
import java.util.Locale;

/** Where an item stands; all but the first are final. */
public enum ItemState {
  WAITING,
  /** Answered. */
  DONE,
  /** Denied by the policy, or for want of a consent. */
  REFUSED,
  /** Ended with another problem, such as a file that is no image. */
  FAILED,
  /** Dropped with its job before it was run. */
  CANCELLED;

  /** The name in the API and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state that the word names. */
  public static ItemState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** How an item stands that ended with this problem. */
  public static ItemState after(Problem problem) {
    return problem.status() == 403 ? REFUSED : FAILED;
  }
}
