package dev.cordon.policy.screening;

/** What the screen thinks of a call, ordered by severity: the worst hit decides. */
public enum Verdict {
  /** Nothing found. */
  ALLOW,
  /** Touches an attribute of persons that is refused unless an exception exists. */
  FLAG,
  /** Could not be screened; a person must look at it. */
  REVIEW,
  /** Asks for something no setting permits. */
  BLOCK
}
