package dev.cordon.policy.language;

/** A condition that could not be compiled or evaluated; the message never holds fact values. */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConditionException(String message, Throwable cause) {
    super(message, cause);
  }
}
