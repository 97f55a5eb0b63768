package dev.cordon.core.image;

/** The bytes are not decoded; the reason says why, the message what to do about it. */
public final class ImageRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why an image was refused. */
  public enum Reason {
    /** The bytes are no picture that is known here. */
    NOT_AN_IMAGE,
    /** A picture, but of no kind that is accepted. */
    UNSUPPORTED_TYPE,
    /** The picture is cut off or damaged. */
    TRUNCATED,
    /** More bytes or pixels than the limits allow. */
    TOO_LARGE,
    /** A picture with something else attached. */
    POLYGLOT,
    /** The host has no memory for it now; nothing is wrong with the picture. */
    NO_ROOM
  }

  private final Reason reason;

  // INVARIANT: no cause is kept; a codec's message may quote the image's metadata.
  ImageRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static ImageRefused damaged() {
    return new ImageRefused(
        Reason.TRUNCATED, "the image is cut off or damaged; send the whole file");
  }

  static ImageRefused unsupported(String advice) {
    return new ImageRefused(Reason.UNSUPPORTED_TYPE, advice);
  }

  public Reason reason() {
    return reason;
  }
}
