package dev.cordon.core.analysis;

import dev.cordon.core.command.Trail;
import dev.cordon.core.image.ImageRefused;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;

/** What a failure on the way is to the caller; nothing of a plugin's fault is told. */
final class Failures {
  private Failures() {}

  static Problem problem(Trail trail, PluginException failure) {
    if (failure.getCause() instanceof ImageRefused refused) {
      // No room for all of its pixels, say: that is no fault of the model.
      return problem(refused);
    }
    return switch (failure.kind()) {
      case BAD_QUESTION ->
          Problem.at(asked(trail), Code.QUESTION_UNANSWERABLE, failure.getMessage());
      case UNAVAILABLE, CANCELLED ->
          Problem.of(Code.MODEL_UNAVAILABLE, "the model did not answer; try again", failure);
      case NOT_PERMITTED, FAULT -> Problem.of(Code.INTERNAL, "the plugin failed", failure);
    };
  }

  private static String asked(Trail trail) {
    return switch (trail.request().question()) {
      case Question.Labels labels -> "request.labels";
      case Question.Text text -> "request.text";
      case Question.Open open -> "request";
    };
  }

  static Problem problem(ImageRefused refused) {
    Code code =
        switch (refused.reason()) {
          case NOT_AN_IMAGE, UNSUPPORTED_TYPE, POLYGLOT -> Code.IMAGE_UNSUPPORTED;
          case TRUNCATED -> Code.IMAGE_INVALID;
          case TOO_LARGE -> Code.TOO_LARGE;
          case NO_ROOM -> Code.OVERLOADED;
        };
    return Problem.at("image", code, refused.getMessage());
  }
}
