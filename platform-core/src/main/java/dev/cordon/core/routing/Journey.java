package dev.cordon.core.routing;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.Pace;
import dev.cordon.core.routing.fleet.Standing.Served;
import dev.cordon.core.routing.fleet.Target;
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
import java.util.OptionalLong;

/**
 * The towers of one call that goes to a target. When the target fails, what is left of the call
 * runs at the edge and the course says so; a pinned call ends instead, and so does the second leg
 * of a cascade, whose first has answered.
 */
final class Journey {
  private final OnnxImageTextModel model;
  private final ImageVectors edge;
  private final Target target;
  private final Optional<Served> served;
  private final Egress egress;
  private final RouteMeters meters;
  private final Course course;
  private final Trail trail;

  /** When the first tensors of a request left; empty until then. */
  private OptionalLong departed = OptionalLong.empty();

  private boolean isUnaffordable;

  Journey(
      Admitted admitted,
      Course course,
      Pace edge,
      Target target,
      Egress egress,
      RouteMeters meters) {
    this.model = admitted.model();
    this.edge = new PacedImages(model, edge);
    this.target = target;
    this.served = target.served(model.pack());
    this.meters = meters;
    this.course = course;
    this.trail = admitted.trail();
    this.egress = egress;
  }

  private interface There<T> {
    T ask(Served served) throws PluginException;
  }

  private interface Here<T> {
    T ask() throws PluginException;
  }

  ImageVectors images() {
    return new ImageVectors() {
      @Override
      public List<float[]> embed(List<View> views, Cancellation call) throws PluginException {
        return asked(
            call,
            there -> there.images().announcing(Journey.this::leave).embed(views, call),
            () -> edge.embed(views, call));
      }

      @Override
      public float[] embedPatches(RgbImage image, Cancellation call) throws PluginException {
        return asked(
            call,
            there -> there.images().announcing(Journey.this::leave).embedPatches(image, call),
            () -> edge.embedPatches(image, call));
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
            there -> there.texts().orElseThrow().announcing(this::leave).embed(texts, call),
            () -> model.textVectors().embed(texts, call));
  }

  private <T> T asked(Cancellation call, There<T> there, Here<T> here) throws PluginException {
    if (course.isAtEdge()) {
      return here.ask();
    }
    try {
      T answer = answered(call, there);
      meters.answered(target);
      return answer;
    } catch (PluginException e) {
      failed(e, call);
      return here.ask();
    }
  }

  private <T> T answered(Cancellation call, There<T> there) throws PluginException {
    if (served.isEmpty()) {
      // A probe failed since the target was chosen.
      throw new PluginException(
          PluginException.Kind.UNAVAILABLE, "the target is not ready any more");
    }
    departed = OptionalLong.empty();
    try {
      return target.ask(call, () -> there.ask(served.get()));
    } finally {
      if (departed.isPresent()) {
        used(System.nanoTime() - departed.getAsLong());
      }
    }
  }

  /** A departure, kept here when the budget does not allow it. */
  private void leave(List<OipTensor> tensors) throws PluginException {
    long bytes = tensors.stream().mapToLong(OipTensor::bytes).sum();
    BigDecimal amount = target.settings().price().toSend(bytes);
    if (!egress.commit(trail, target, new Charge(line(), 1, bytes, 0, amount), tensors)) {
      isUnaffordable = true;
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, Rejection.BUDGET_EXHAUSTED.words());
    }
    if (departed.isEmpty()) {
      departed = OptionalLong.of(System.nanoTime());
    }
    charged(amount);
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
    meters.charged(trail, model.pack(), target, amount);
  }

  private Charge.Line line() {
    return new Charge.Line(
        Charge.month(trail.time()),
        trail.caller().tenant(),
        trail.plugin(),
        model.pack().manifest().id(),
        target.settings().id());
  }

  /** Returns when the rest of the call may run at the edge. */
  private void failed(PluginException failure, Cancellation call) throws PluginException {
    if (!isUnaffordable) {
      meters.failed(target);
    }
    if (call.isCancelled() || failure.kind() == PluginException.Kind.BAD_QUESTION) {
      throw failure;
    }
    String id = target.settings().id();
    String why = failure.getMessage();
    if (course.leg() == Course.Leg.SECOND) {
      // The edge has answered already: what it said stands, and nothing is mixed with it.
      course.fail(new Rejected(id, isUnaffordable ? Rejection.BUDGET_EXHAUSTED : Rejection.FAILED));
      throw failure;
    }
    if (trail.request().wish().target().isPresent()) {
      // INVARIANT: a pinned call has no fallback of any kind.
      Problem refused =
          isUnaffordable
              ? Problem.at("request.route.target", Code.BUDGET_EXHAUSTED, why)
              : Problem.of(
                  Code.TARGET_UNAVAILABLE,
                  "the call is pinned to `" + id + "`, which did not answer: " + why);
      throw new PluginException(PluginException.Kind.UNAVAILABLE, why, refused);
    }
    if (isUnaffordable) {
      course.moveToEdge(
          new Rejected(id, Rejection.BUDGET_EXHAUSTED),
          "the budget allows no more of `" + id + "`, so the call moved to the edge");
    } else {
      course.moveToEdge(
          new Rejected(id, Rejection.FAILED), "`" + id + "` failed, so the call moved to the edge");
    }
    trail.routed(model.pack().digest(), course.target());
  }
}
