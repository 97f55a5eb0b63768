package dev.cordon.models.signing;

/** A signature does not stand for the files beside it; the message says which part fails. */
public final class SignatureRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public SignatureRefusedException(String message) {
    super(message);
  }

  public SignatureRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
