package dev.cordon.core.release;

import dev.cordon.core.problem.Problem;

/**
 * Keeps how a call ends in the transaction of its leaf, so that what is kept has its leaf and is
 * kept once. Bound with {@link #CALL} for the thread that runs the call.
 */
public interface Keeping {
  /** Who keeps the call of this thread; unbound for a call whose caller waits for the answer. */
  ScopedValue<Keeping> CALL = ScopedValue.newInstance();

  /** Keeps an answer; the transaction of its leaf is still open. */
  void answered(Released released);

  /** Keeps a problem that is on record; the transaction of its leaf is still open. */
  void refused(Problem recorded);
}
