package dev.cordon.sandbox.wasm;

/** Ends an instance from within a call of the host. */
final class Tripped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Trip.Kind kind;

  Tripped(Trip.Kind kind) {
    super(kind.words(), null, false, false);
    this.kind = kind;
  }

  Trip.Kind kind() {
    return kind;
  }
}
