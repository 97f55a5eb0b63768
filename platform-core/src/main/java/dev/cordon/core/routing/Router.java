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
import dev.cordon.core.routing.choice.Cascade;
import dev.cordon.core.routing.choice.Choice;
import dev.cordon.core.routing.choice.Choice.Refused;
import dev.cordon.core.routing.choice.Choice.Taken;
import dev.cordon.core.routing.choice.Chooser;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.core.routing.fleet.RoutingPlan;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.core.routing.fleet.TargetMeters;
import dev.cordon.core.routing.fleet.Targets;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.spi.Finding;
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
  private final TargetMeters meters;
  private final CostLedger costs;
  private final Optional<Cascade> cascade;
  private final Chooser chooser;
  private final double edgePrice;
  private final Cache<UUID, String> batches =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  public Router(
      PromptScreen screen,
      Targets targets,
      Egress egress,
      TargetMeters meters,
      CostLedger costs,
      RoutingPlan plan,
      CordonConfig config) {
    this.screen = screen;
    this.targets = targets;
    this.egress = egress;
    this.meters = meters;
    this.costs = costs;
    this.cascade = plan.cascade();
    this.chooser = new Chooser(config.routing().unitWorth().toMillis());
    this.edgePrice = config.routing().edgePrice();
  }

  /**
   * A handle over the call's image, if it has one, for as long as the call lasts; the trail notes
   * model and target.
   */
  public Route route(Admitted admitted, Optional<DecodedImage> picture, Cancellation call) {
    admitted.trail().routed(admitted.model().pack().digest(), Candidate.EDGE);
    Taken taken = taken(admitted, picture.isPresent());
    return route(admitted, picture, course(taken), call);
  }

  /**
   * The edge's route for a call whose target failed, to begin anew there; a pinned call has no
   * fallback of any kind and ends.
   */
  public Route home(
      Admitted admitted, Optional<DecodedImage> picture, Route failed, Cancellation call) {
    Course course = failed.course();
    if (isPinned(admitted)) {
      throw pinned(course.failure().orElseThrow());
    }
    return route(admitted, picture, course.home(), call);
  }

  private static Problem pinned(Course.Failure failure) {
    return failure.target().why() == Rejection.BUDGET_EXHAUSTED
        ? Problem.at("request.route.target", Code.BUDGET_EXHAUSTED, failure.why())
        : Problem.of(
            Code.TARGET_UNAVAILABLE,
            "the call is pinned to `"
                + failure.target().target()
                + "`, which did not answer: "
                + failure.why());
  }

  private static Course course(Taken taken) {
    return new Course(taken.target().id(), taken.reason(), taken.rejected());
  }

  /**
   * The route to a target for a call whose answer the edge was unsure of; nothing where there is no
   * cascade, where the call is pinned, or where no target may and can take it.
   */
  public Optional<Route> further(
      Admitted admitted,
      Optional<DecodedImage> picture,
      Route first,
      List<Finding> found,
      Cancellation call) {
    boolean isOpen = cascade.filter(each -> each.isUnsure(found)).isPresent();
    if (!isOpen || isPinned(admitted) || !first.course().isAtEdge()) {
      return Optional.empty();
    }
    Optional<UUID> batch = admitted.trail().batch();
    Asked asked = Asking.of(admitted, picture.isPresent(), batch.map(batches::getIfPresent));
    Choice choice = chooser.afterEdge(asked, candidates(admitted));
    return switch (choice) {
      case Taken taken when !taken.target().isEdge() -> {
        batch.ifPresent(id -> batches.put(id, taken.target().id()));
        yield Optional.of(route(admitted, picture, course(taken), call));
      }
      case Taken _, Refused _ -> Optional.empty();
    };
  }

  /** Goes back to the edge's own answer, after the target of a further route failed. */
  public void stay(Trail trail, Route first, Route further) {
    first.course().passOver(further.course());
    trail.routed(first.answering().digest(), first.target());
  }

  private static boolean isPinned(Admitted admitted) {
    return admitted.trail().request().wish().target().isPresent();
  }

  private Route route(
      Admitted admitted, Optional<DecodedImage> picture, Course course, Cancellation call) {
    OnnxImageTextModel model = admitted.model();
    ModelPackage pack = model.pack();
    Trail trail = admitted.trail();
    TextGate texts = new TextGate(screen, trail.request().texts());
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
    boolean isEdgeFirst = cascade.isPresent() && asked.pin().isEmpty();
    Choice choice =
        isEdgeFirst
            ? chooser.edgeFirst(asked, candidates(admitted))
            : chooser.choose(asked, candidates(admitted));
    return switch (choice) {
      case Taken taken -> {
        if (!isEdgeFirst) {
          trail.batch().ifPresent(id -> batches.put(id, taken.target().id()));
        }
        yield taken;
      }
      case Refused refused -> throw problem(refused);
    };
  }

  private List<Candidate> candidates(Admitted admitted) {
    Trail trail = admitted.trail();
    ModelPackage pack = admitted.model().pack();
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
    Journey journey = new Journey(admitted, course, target, egress, meters);
    return model.bind(picture, call, journey.images(), journey.texts());
  }
}
