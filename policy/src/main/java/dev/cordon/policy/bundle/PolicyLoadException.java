package dev.cordon.policy.bundle;

/** A pack that cannot be used; the message is {@code file:line:column: what is wrong}. */
public final class PolicyLoadException extends Exception {
  private static final long serialVersionUID = 1L;

  public PolicyLoadException(String message) {
    super(message);
  }

  public PolicyLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
