package dev.cordon.core.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cordon.core.admission.Admitted;
import dev.cordon.core.command.Trail;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.choice.Asked;
import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.choice.Choice;
import dev.cordon.core.routing.choice.Choice.Refused;
import dev.cordon.core.routing.choice.Choice.Taken;
import dev.cordon.core.routing.choice.Chooser;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.core.routing.fleet.Targets;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.VisionLanguage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Binds an admitted call to the target that may and should take it, with the reason. */
@ApplicationScoped
public class Router {
  private static final String ALONE = "edge is the only target of this host";

  private final PromptScreen screen;
  private final Targets targets;
  private final Egress egress;
  private final RouteMeters meters;
  private final CostLedger costs;
  private final Chooser chooser;
  private final double edgePrice;
  private final Cache<UUID, String> batches =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  public Router(
      PromptScreen screen,
      Targets targets,
      Egress egress,
      RouteMeters meters,
      CostLedger costs,
      CordonConfig config) {
    this.screen = screen;
    this.targets = targets;
    this.egress = egress;
    this.meters = meters;
    this.costs = costs;
    this.chooser = new Chooser(config.routing().unitWorth().toMillis());
    this.edgePrice = config.routing().edgePrice();
  }

  /**
   * A handle over the call's image, if it has one, for as long as the call lasts; the trail notes
   * model and target.
   */
  public Route route(Admitted admitted, Optional<DecodedImage> picture, Cancellation call) {
    OnnxImageTextModel model = admitted.model();
    ModelPackage pack = model.pack();
    Trail trail = admitted.trail();
    trail.routed(pack.digest(), Candidate.EDGE);
    TextGate texts = new TextGate(screen, trail.request().texts());
    Taken taken = taken(admitted, picture.isPresent());
    Course course = new Course(taken.target().id(), taken.reason(), taken.rejected());
    trail.routed(pack.digest(), course.target());
    VisionLanguage handle =
        picture
            .map(given -> bound(admitted, given, course, call))
            .orElseGet(
                () ->
                    new WithoutImage(new ModelInfo(Set.copyOf(pack.manifest().languages()), true)));
    return new Route(
        new ScreenedVisionLanguage(handle, texts),
        new ModelEmbedding(model, picture, texts, call),
        course,
        Route.Answering.of(pack));
  }

  /** What the vectors of a package may be compared with. */
  public VectorSpace space(ModelPackage pack) {
    return ModelEmbedding.space(pack);
  }

  private Taken taken(Admitted admitted, boolean hasImage) {
    Trail trail = admitted.trail();
    Optional<String> batch = trail.batch().map(batches::getIfPresent);
    Asked asked = Asking.of(admitted, hasImage, batch);
    if (targets.all().isEmpty() && asked.pin().isEmpty()) {
      return new Taken(Candidate.edge(0, 0), ALONE, List.of());
    }
    Choice choice = chooser.choose(asked, candidates(trail, admitted.model().pack()));
    return switch (choice) {
      case Taken taken -> {
        trail.batch().ifPresent(id -> batches.put(id, taken.target().id()));
        yield taken;
      }
      case Refused refused -> throw problem(refused);
    };
  }

  private List<Candidate> candidates(Trail trail, ModelPackage pack) {
    boolean isSpent = costs.isExhausted(trail.caller().tenant(), trail.time());
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.edge(targets.edge().expectedMillis(), edgePrice));
    for (Target target : targets.all()) {
      Candidate candidate = target.candidate(pack);
      boolean isAffordable = !isSpent || target.settings().price().isFree();
      candidates.add(isAffordable ? candidate : candidate.with(Rejection.BUDGET_EXHAUSTED));
    }
    return candidates;
  }

  private static Problem problem(Refused refused) {
    Code code =
        switch (refused.why().kind()) {
          case FORBIDDEN, PASSED_OVER -> Code.ROUTE_FORBIDDEN;
          case UNAVAILABLE -> Code.TARGET_UNAVAILABLE;
          case UNAFFORDABLE -> Code.BUDGET_EXHAUSTED;
        };
    return Problem.at("request.route.target", code, refused.why().words());
  }

  private VisionLanguage bound(
      Admitted admitted, DecodedImage picture, Course course, Cancellation call) {
    OnnxImageTextModel model = admitted.model();
    if (targets.all().isEmpty()) {
      return model.bind(picture, call);
    }
    if (course.isAtEdge()) {
      return model.bind(picture, call, new PacedImages(model, targets.edge()), model.textVectors());
    }
    Target target = targets.named(course.target());
    Journey journey = new Journey(admitted, course, targets.edge(), target, egress, meters);
    return model.bind(picture, call, journey.images(), journey.texts());
  }
}
