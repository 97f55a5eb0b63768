package dev.cordon.sandbox.evaluation;

/** A report is not believed. */
public final class EvaluationRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no signature below it. */
    UNSIGNED,
    /** It is not in its one form, or says what cannot be. */
    MALFORMED,
    /** Signed by a key that is not trusted. */
    STRANGER,
    /** Signed by a trusted key that belongs to another evaluator. */
    IMPOSTOR,
    /** It is not what was signed. */
    CHANGED,
    /** It is about another package. */
    OTHER_PACKAGE
  }

  private final Reason reason;

  public EvaluationRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
