package dev.cordon.core.routing.fleet;

import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.models.oip.CheckedTower;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.TextVectors;
import java.time.Instant;
import java.util.Optional;

/**
 * How a target stood when it was probed last.
 *
 * @param model digest of the package that it was probed with
 * @param served the towers, where they were found to fit that package
 * @param fault why it may not be used, with the kind of failure where there was one
 */
public record Standing(
    String model,
    Optional<Served> served,
    Optional<Rejection> fault,
    String detail,
    Optional<Instant> probed) {
  static final Standing UNKNOWN =
      new Standing("", Optional.empty(), Optional.of(Rejection.NOT_PROBED), "", Optional.empty());

  /**
   * Both towers as a target has them; texts are embedded at the edge where it has no text tower.
   */
  public record Served(
      CheckedTower<ImageVectors> images, Optional<CheckedTower<TextVectors>> texts) {}

  boolean isOf(String digest) {
    return model.equals(digest);
  }
}
