package dev.cordon.core.release;

import dev.cordon.core.problem.Problem;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps how a call ends in the transaction of its leaf, so that what is kept has its leaf and is
 * kept once.
 */
public interface Keeping {
  /** Keeps nothing: the caller waits for the answer. */
  Keeping NONE =
      new Keeping() {
        @Override
        public void answered(Released released) {}

        @Override
        public void refused(Problem recorded) {}
      };

  /** The batch that the call is a part of, whose calls go to one target where they can. */
  default Optional<UUID> batch() {
    return Optional.empty();
  }

  /** Keeps an answer; the transaction of its leaf is still open. */
  void answered(Released released);

  /** Keeps a problem that is on record; the transaction of its leaf is still open. */
  void refused(Problem recorded);
}
