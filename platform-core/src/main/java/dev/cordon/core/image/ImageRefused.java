package dev.cordon.core.image;

/** The bytes are not decoded; the reason says why, the message what to do about it. */
public final class ImageRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why an image was refused. */
  public enum Reason {
    /** The bytes are no picture that is known here. */
    NOT_AN_IMAGE,
    /** A picture or document, but of no kind that is accepted. */
    UNSUPPORTED_TYPE,
    /** The picture is cut off or damaged. */
    TRUNCATED,
    /** More bytes or pixels than the limits allow. */
    TOO_LARGE,
    /** A picture with something else attached. */
    POLYGLOT
  }

  private final Reason reason;

  ImageRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
