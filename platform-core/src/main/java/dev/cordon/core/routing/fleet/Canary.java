package dev.cordon.core.routing.fleet;

import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.Standing.Served;
import dev.cordon.core.routing.fleet.TargetSettings.Towers;
import dev.cordon.models.oip.CheckedTower;
import dev.cordon.models.oip.Departure;
import dev.cordon.models.oip.OipTarget;
import dev.cordon.models.oip.OipTensor;
import dev.cordon.models.oip.TargetException;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.TextVectors;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Asks a target for what this process knows the answer to: a picture and a text that hold nothing
 * of anybody, so their tensors leave without a leaf.
 */
final class Canary {
  /** Vectors of the same graph on other hardware differ less, those of another graph more. */
  private static final double LEAST_COSINE = 0.999;

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final List<View> PICTURE = List.of(View.whole(picture()));
  private static final List<String> TEXT = List.of("a photo of a canary");

  /** Whom a canary is charged to, in metrics alone: it belongs to no tenant's month. */
  private static final String NOBODY = "";

  private static final String CANARY = "canary";

  private final Clock clock;
  private final TargetMeters meters;

  Canary(Clock clock, TargetMeters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /** Departures without a leaf, counted with what they cost. */
  private Departure counted(Target target, ModelPackage pack) {
    Price price = target.settings().price();
    return tensors -> {
      meters.left(target);
      long bytes = tensors.stream().mapToLong(OipTensor::bytes).sum();
      meters.charged(target, NOBODY, CANARY, pack, price.toSend(bytes));
      return nanos -> meters.charged(target, NOBODY, CANARY, pack, price.toUse(nanos));
    };
  }

  private static RgbImage picture() {
    byte[] rgb = new byte[3 * 64 * 64];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * i / 7 + 3 * i);
    }
    return new RgbImage(64, 64, rgb);
  }

  /** What the canary's answer must be, computed here; measures the pace of the edge. */
  float[] expected(OnnxImageTextModel model, Pace edge) throws PluginException {
    try (Pace.Running running = edge.begin()) {
      float[] vector = model.imageVectors().embed(PICTURE, Cancellation.none()).getFirst();
      running.answered();
      return vector;
    }
  }

  /** Probes a target; how it stands afterwards holds nothing that the target wrote. */
  Standing probe(Target target, OnnxImageTextModel model, float[] expected) {
    ModelPackage pack = model.pack();
    Towers towers = target.settings().towers().get(pack.manifest().id());
    if (towers == null) {
      return fault(pack, Rejection.MODEL_MISSING, "");
    }
    try (Cancellation call = Cancellation.after(MOST)) {
      Departure counted = counted(target, pack);
      Served served = target.query(call, () -> towers(target, towers, pack, call));
      float[] got =
          target.ask(
              call, () -> served.images().announcing(counted).embed(PICTURE, call).getFirst());
      boolean isRight =
          cosine(expected, got) >= LEAST_COSINE && knowsTexts(model, served, counted, call);
      return isRight
          ? new Standing(
              pack.digest(),
              Optional.of(served),
              Optional.empty(),
              "",
              Optional.of(clock.instant()))
          : fault(pack, Rejection.WRONG_NUMBERS, "");
    } catch (PluginException e) {
      if (!(e.getCause() instanceof CircuitBreakerOpenException)) {
        return fault(pack, Rejection.UNHEALTHY, kind(e));
      }
      // Nothing was asked, so what was known still holds.
      Standing known = target.standing();
      return known.isOf(pack.digest()) ? known : fault(pack, Rejection.BREAKER_OPEN, "");
    }
  }

  private Served towers(Target target, Towers towers, ModelPackage pack, Cancellation call)
      throws PluginException {
    Standing known = target.standing();
    try {
      OipTarget images = target.model(towers.image());
      if (!images.isReady(call)) {
        throw new PluginException(PluginException.Kind.UNAVAILABLE, "the target is not ready");
      }
      if (known.isOf(pack.digest()) && known.served().isPresent()) {
        return known.served().get();
      }
      CheckedTower<ImageVectors> image = images.imageTower(pack, call);
      Optional<CheckedTower<TextVectors>> text =
          towers.text().isEmpty()
              ? Optional.empty()
              : Optional.of(target.model(towers.text().get()).textTower(pack, call));
      return new Served(image, text);
    } catch (TargetException e) {
      throw new PluginException(
          PluginException.Kind.UNAVAILABLE, "the target does not fit the package", e);
    } catch (ModelPackageException e) {
      throw new PluginException(PluginException.Kind.FAULT, "the tokenizer cannot be read", e);
    }
  }

  private static boolean knowsTexts(
      OnnxImageTextModel model, Served served, Departure departure, Cancellation call)
      throws PluginException {
    if (served.texts().isEmpty()) {
      return true;
    }
    float[] here = model.textVectors().embed(TEXT, call)[0];
    float[] there = served.texts().get().announcing(departure).embed(TEXT, call)[0];
    return cosine(here, there) >= LEAST_COSINE;
  }

  private Standing fault(ModelPackage pack, Rejection why, String detail) {
    return new Standing(
        pack.digest(), Optional.empty(), Optional.of(why), detail, Optional.of(clock.instant()));
  }

  /** The kind of the failure, or of the one that led to it. */
  private static String kind(PluginException failure) {
    return failure.getCause() instanceof TargetException cause
        ? cause.kind().name()
        : failure.kind().name();
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
