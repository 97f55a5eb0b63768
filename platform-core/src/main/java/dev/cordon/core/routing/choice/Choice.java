package dev.cordon.core.routing.choice;

import java.util.List;

/** Where a call goes, or that it goes nowhere; with every candidate that was not taken. */
public sealed interface Choice {
  List<Rejected> rejected();

  /** A candidate and why the call does not go there. */
  record Rejected(String target, Rejection why) {}

  /** The call goes to this target. */
  record Taken(Candidate target, String reason, List<Rejected> rejected) implements Choice {
    public Taken {
      rejected = List.copyOf(rejected);
    }
  }

  /** The target that the call is pinned to does not take it, and no other may. */
  record Refused(String target, Rejection why, List<Rejected> rejected) implements Choice {
    public Refused {
      rejected = List.copyOf(rejected);
    }
  }
}
