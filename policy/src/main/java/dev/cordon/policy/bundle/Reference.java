package dev.cordon.policy.bundle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A legal reference, with the day its provision starts or ends to apply where that matters. */
public record Reference(String text, Optional<Instant> from, Optional<Instant> until) {
  public Reference {
    requireNonNull(text);
    requireNonNull(from);
    requireNonNull(until);
  }

  /** The reference as cited at a time: a provision not in application is said to be so. */
  public String cite(Instant now) {
    if (from.isPresent() && now.isBefore(from.get())) {
      return text + " (applies from " + day(from.get()) + "; product rule before)";
    }
    if (until.isPresent() && !now.isBefore(until.get())) {
      return text + " (applied until " + day(until.get()) + "; product rule since)";
    }
    return text;
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
