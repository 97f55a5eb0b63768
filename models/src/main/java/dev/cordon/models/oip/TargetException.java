package dev.cordon.models.oip;

import dev.cordon.spi.PluginException;

/** A target did not answer a call; holds no content of the call and nothing the target wrote. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Kind {
    /** No connection, or it broke; the same call may work later. */
    UNREACHABLE,
    /** The target has too much to do or is not ready; the same call may work later. */
    OVERLOADED,
    /** The deadline passed or the call was cancelled. */
    CANCELLED,
    /** The target, or who issues its tokens, does not accept the credentials. */
    UNAUTHENTICATED,
    /** The target refused the call. */
    REFUSED,
    /** The target's answer is not what the protocol and the package promise. */
    MALFORMED
  }

  private final Kind kind;

  TargetException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  boolean mayPass() {
    return switch (kind) {
      case UNREACHABLE, OVERLOADED -> true;
      case CANCELLED, UNAUTHENTICATED, REFUSED, MALFORMED -> false;
    };
  }

  /** The same as whoever asked a tower is told it. */
  PluginException forCaller() {
    PluginException.Kind told =
        switch (kind) {
          case UNREACHABLE, OVERLOADED, UNAUTHENTICATED, REFUSED ->
              PluginException.Kind.UNAVAILABLE;
          case CANCELLED -> PluginException.Kind.CANCELLED;
          case MALFORMED -> PluginException.Kind.FAULT;
        };
    return new PluginException(told, "the target failed: " + getMessage(), this);
  }
}
