package dev.cordon.spi;

/**
 * The analysis could not be done; the kind decides what the caller is told. The message holds no
 * user content.
 */
public class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is to act. */
  public enum Kind {
    /** The question cannot be answered as asked. */
    BAD_QUESTION,
    /** The model or target is not available now; the same call may work later. */
    UNAVAILABLE,
    /** The deadline passed or the call was cancelled. */
    CANCELLED,
    /** The plugin asked for something it may not have. */
    NOT_PERMITTED,
    /** A fault in the plugin or the host. */
    FAULT
  }

  private final Kind kind;

  public PluginException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public PluginException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
