package dev.cordon.core.routing.choice;

/** Why a call does not go to a target. */
public enum Rejection {
  KEEP_ON_EDGE("the policy keeps the call at the edge", Kind.FORBIDDEN),
  REGION("the target is not in the region that the policy asks for", Kind.FORBIDDEN),
  TENANT("the target does not take this tenant", Kind.FORBIDDEN),
  DATA_CLASS("the target does not take this class of data", Kind.FORBIDDEN),
  COLLECTION("collections stay at the edge", Kind.FORBIDDEN),
  NO_IMAGE("a call without an image stays at the edge", Kind.FORBIDDEN),
  UNKNOWN("there is no such target", Kind.FORBIDDEN),
  MODEL_MISSING("the target does not serve the active model", Kind.UNAVAILABLE),
  NOT_PROBED("the target was not probed yet", Kind.UNAVAILABLE),
  UNHEALTHY("the target failed its last probe", Kind.UNAVAILABLE),
  WRONG_NUMBERS("the target answered the canary wrongly", Kind.UNAVAILABLE),
  BREAKER_OPEN("the target's circuit breaker is open", Kind.UNAVAILABLE),
  FAILED("the target failed while it was asked", Kind.UNAVAILABLE),
  BUDGET_EXHAUSTED("the tenant's budget for targets is spent in this month", Kind.UNAFFORDABLE),
  PINNED("the call is pinned to another target", Kind.PASSED_OVER),
  EDGE_FIRST("the edge answers first", Kind.PASSED_OVER),
  EDGE_UNSURE("the edge was unsure of its answer", Kind.PASSED_OVER),
  BATCH("the batch began on another target", Kind.PASSED_OVER),
  OUTSCORED("another target is expected to be faster or cheaper", Kind.PASSED_OVER);

  /** What kind of reason it is; the first does not change by waiting. */
  public enum Kind {
    FORBIDDEN,
    UNAVAILABLE,
    UNAFFORDABLE,
    PASSED_OVER
  }

  private final String words;
  private final Kind kind;

  Rejection(String words, Kind kind) {
    this.words = words;
    this.kind = kind;
  }

  /** The reason in words, which hold nothing of the call. */
  public String words() {
    return words;
  }

  public Kind kind() {
    return kind;
  }
}
