package dev.cordon.models.oip;

/** A tower whose model at the target was found to fit the package; its metadata was read once. */
public interface CheckedTower<T> {
  /** The tower for one call, whose tensors are announced before they leave. */
  T announcing(Departure departure);
}
