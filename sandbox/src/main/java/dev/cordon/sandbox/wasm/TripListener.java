package dev.cordon.sandbox.wasm;

/** Is told of trips, on the thread of the call and before its exception; throws nothing. */
@FunctionalInterface
public interface TripListener {
  void tripped(Trip trip);
}
