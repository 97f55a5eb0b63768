package dev.cordon.sandbox.pack;

/** A package was refused; the message names the file or field, never its content. */
public final class PluginPackageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no package there, or its archive is broken. */
    UNREADABLE,
    /** A folder, a link, or a name that is more than a plain name. */
    UNSAFE_PATH,
    /** Two names that differ in case only, or not at all. */
    NAME_COLLISION,
    /** Too many files or bytes, packed or unpacked. */
    TOO_LARGE,
    /** There is no signature. */
    UNSIGNED,
    /** Signed by a key that is not trusted. */
    STRANGER,
    /** Signed by a trusted key that belongs to another publisher. */
    IMPOSTOR,
    /** A file or the statement is not what was signed. */
    CHANGED,
    /** A signed file is not there. */
    MISSING_FILE,
    /** A file is there that was not signed. */
    UNDECLARED_FILE,
    /** The signature's file or the manifest does not have its form. */
    MALFORMED,
    /** Built for an SPI that this host does not serve. */
    SPI_VERSION,
    /** The module is not valid, or holds what no plugin needs. */
    MODULE,
    /** The module imports what is not offered to it. */
    IMPORT
  }

  private final Reason reason;

  public PluginPackageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public PluginPackageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
