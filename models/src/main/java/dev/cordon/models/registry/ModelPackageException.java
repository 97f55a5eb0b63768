package dev.cordon.models.registry;

/** A package is refused; the message names the file or field, never its content. */
public class ModelPackageException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelPackageException(String message) {
    super(message);
  }

  public ModelPackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
