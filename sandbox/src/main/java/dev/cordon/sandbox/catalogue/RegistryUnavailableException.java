package dev.cordon.sandbox.catalogue;

/** The registry could not be read or written; nobody may assume a plugin to be enabled. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
