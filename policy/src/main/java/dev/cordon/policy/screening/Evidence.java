package dev.cordon.policy.screening;

/** A reason for a hit, before it has a place. */
record Evidence(String category, Verdict verdict, String signal) {
  static Evidence of(Sense sense, String signal) {
    return new Evidence(sense.category(), sense.verdict(), signal);
  }
}
