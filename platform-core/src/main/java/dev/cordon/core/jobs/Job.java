package dev.cordon.core.jobs;

import dev.cordon.core.identity.Caller;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A question that is asked about many images. The caller is who submitted it: tenant and roles as
 * of then, for each of its items, whatever becomes of the token. Key and request are sealed.
 */
public record Job(
    UUID id, Caller caller, Stage stage, byte[] sealedKey, byte[] sealedRequest, Instant created) {
  /** What the job takes; whether it is done follows from its items too. */
  public enum Stage {
    /** Takes items. */
    OPEN,
    /** Takes no more items and runs those it has. */
    CLOSED,
    CANCELLED;

    /** The name in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The stage that the word names. */
    public static Stage of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** What a caller is told about a job. */
  public enum State {
    OPEN,
    RUNNING,
    DONE,
    CANCELLED;

    /** Whether nothing about the job will change any more. */
    public boolean isEnd() {
      return this == DONE || this == CANCELLED;
    }

    /** The name in the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The state of a job with these items. */
  public State state(Counts counts) {
    return switch (stage) {
      case OPEN -> State.OPEN;
      case CLOSED -> counts.waiting() > 0 ? State.RUNNING : State.DONE;
      case CANCELLED -> State.CANCELLED;
    };
  }
}
