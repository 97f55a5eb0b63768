package dev.cordon.models.hub;

import java.io.IOException;

/** A file cannot be had, and trying again would not help; the message says what the server said. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }
}
