package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.Result.Figure;
import java.util.Optional;

/** A part of the contract does not hold; the message names no content. */
final class Broken extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Figure> figure;

  Broken(String what) {
    this(what, Optional.empty());
  }

  Broken(String what, Optional<Figure> figure) {
    super(what, null, false, false);
    this.figure = figure;
  }

  Optional<Figure> figure() {
    return figure;
  }
}
