package dev.cordon.audit.consent;

import java.util.Locale;

/** How a consent was expressed (ISO/IEC TS 27560 event type). */
public enum ConsentKind {
  REGULAR,
  EXPLICIT;

  /** The name used in storage and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with that wire name; anything else is an illegal argument. */
  public static ConsentKind fromWireName(String name) {
    return switch (name) {
      case "regular" -> REGULAR;
      case "explicit" -> EXPLICIT;
      default -> throw new IllegalArgumentException("unknown consent kind `" + name + "`");
    };
  }
}
