package dev.cordon.core.routing;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.Standing.Served;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.core.routing.fleet.TargetMeters;
import dev.cordon.models.oip.Departure;
import dev.cordon.models.oip.OipTensor;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.TextVectors;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.PluginException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The towers of one call at a target. When it fails, the course says so and nothing more is asked
 * there: no answer is made of vectors from two places.
 */
final class Journey {
  private final OnnxImageTextModel model;
  private final Target target;
  private final Optional<Served> served;
  private final Egress egress;
  private final TargetMeters meters;
  private final Course course;
  private final Trail trail;

  Journey(Admitted admitted, Course course, Target target, Egress egress, TargetMeters meters) {
    this.model = admitted.model();
    this.target = target;
    this.served = target.served(model.pack());
    this.meters = meters;
    this.course = course;
    this.trail = admitted.trail();
    this.egress = egress;
  }

  private interface There<T> {
    T ask(Served served, Departure departure) throws PluginException;
  }

  ImageVectors images() {
    return new ImageVectors() {
      @Override
      public List<float[]> embed(List<View> views, Cancellation call) throws PluginException {
        return asked(
            call, (there, leaving) -> there.images().announcing(leaving).embed(views, call));
      }

      @Override
      public float[] embedPatches(RgbImage image, Cancellation call) throws PluginException {
        return asked(
            call, (there, leaving) -> there.images().announcing(leaving).embedPatches(image, call));
      }
    };
  }

  /** Texts are embedded at the edge, which remembers them, unless the target has a text tower. */
  TextVectors texts() {
    if (served.flatMap(Served::texts).isEmpty()) {
      return model.textVectors();
    }
    return (texts, call) ->
        asked(
            call,
            (there, leaving) -> there.texts().orElseThrow().announcing(leaving).embed(texts, call));
  }

  private <T> T asked(Cancellation call, There<T> there) throws PluginException {
    if (course.failure().isPresent()) {
      throw new PluginException(PluginException.Kind.UNAVAILABLE, course.failure().get().why());
    }
    try {
      // A probe may have failed since the target was chosen.
      Served ready =
          served.orElseThrow(
              () ->
                  new PluginException(
                      PluginException.Kind.UNAVAILABLE, "the target is not ready any more"));
      T answer = target.ask(call, () -> there.ask(ready, tensors -> leave(tensors, call)));
      meters.answered(target);
      return answer;
    } catch (PluginException e) {
      failed(e, call);
      throw e;
    }
  }

  /** A departure, kept here when the budget does not allow it. */
  private Departure.Stay leave(List<OipTensor> tensors, Cancellation call) throws PluginException {
    long bytes = tensors.stream().mapToLong(OipTensor::bytes).sum();
    BigDecimal amount = target.settings().price().toSend(bytes);
    Charge charge = new Charge(line(), 1, bytes, 0, amount);
    if (!egress.commit(trail, target, charge, tensors, call)) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, Rejection.BUDGET_EXHAUSTED.words());
    }
    meters.left(target);
    charged(amount);
    return this::used;
  }

  private void used(long nanos) {
    BigDecimal amount = target.settings().price().toUse(nanos);
    if (amount.signum() > 0) {
      trail.bill().add(new Charge(line(), 0, 0, nanos, amount));
      charged(amount);
    }
  }

  private void charged(BigDecimal amount) {
    course.charge(amount);
    meters.charged(target, trail.caller().tenant(), trail.plugin(), model.pack(), amount);
  }

  private Charge.Line line() {
    return new Charge.Line(
        Charge.month(trail.time()),
        trail.caller().tenant(),
        trail.plugin(),
        model.pack().manifest().id(),
        target.settings().id());
  }

  /** Notes a failure that is the target's, or the budget's. */
  private void failed(PluginException failure, Cancellation call) {
    if (call.isCancelled() || failure.kind() == PluginException.Kind.BAD_QUESTION) {
      return;
    }
    boolean isUnaffordable = failure.kind() == PluginException.Kind.NOT_PERMITTED;
    if (!isUnaffordable) {
      meters.failed(target);
    }
    Rejection why = isUnaffordable ? Rejection.BUDGET_EXHAUSTED : Rejection.FAILED;
    course.fail(
        new Course.Failure(new Rejected(target.settings().id(), why), failure.getMessage()));
  }
}
