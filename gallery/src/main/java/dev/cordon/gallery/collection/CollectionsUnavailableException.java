package dev.cordon.gallery.collection;

/** The collections could not be read or written; whoever needed them must not answer. */
public final class CollectionsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CollectionsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
