package dev.cordon.audit.consent;

import java.util.List;
import java.util.UUID;

/**
 * What one withdrawal did: the record it was addressed to, as it stands now, and the ids of all
 * records that ended by this very act, sorted; none of them when nothing was left to end.
 */
public record Withdrawal(ConsentRecord addressed, List<UUID> ended) {
  public Withdrawal {
    ended = List.copyOf(ended);
  }
}
