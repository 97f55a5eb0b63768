package dev.cordon.gallery.sealing;

/** What was sealed cannot be opened: another key, another place, or a changed byte. */
public final class SealBrokenException extends Exception {
  private static final long serialVersionUID = 1L;

  SealBrokenException() {
    super("a seal does not open");
  }
}
