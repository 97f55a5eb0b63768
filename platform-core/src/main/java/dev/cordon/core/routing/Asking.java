package dev.cordon.core.routing;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.routing.choice.Asked;
import dev.cordon.core.routing.choice.Rejection;
import dev.cordon.policy.evaluation.Obligation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the policy's obligations and the call itself ask of a target. */
final class Asking {
  /** The class of a call for which no rule names one. */
  static final String UNCLASSIFIED = "unclassified";

  /** The class, among others, of a call that names subjects. */
  static final String PERSONAL = "personal";

  private final Set<String> regions = new HashSet<>();
  private final Set<String> dataClasses = new HashSet<>();
  private boolean isKept;

  private Asking() {}

  /** The decisions of admission and of the input stage bind alike. */
  static Asked of(Admitted admitted, boolean hasImage, Optional<String> batch) {
    Trail trail = admitted.trail();
    Set<Obligation> obligations =
        Stream.concat(Stream.of(admitted.decision()), trail.decision().stream())
            .flatMap(decision -> decision.obligations().stream())
            .collect(Collectors.toSet());
    // What the output stage adds later comes too late for a call that left.
    trail.heeded(obligations);
    Asking asking = new Asking();
    obligations.forEach(asking::add);
    if (asking.dataClasses.isEmpty()) {
      asking.dataClasses.add(UNCLASSIFIED);
    }
    AnalysisRequest request = trail.request();
    if (!request.subjects().isEmpty()) {
      asking.dataClasses.add(PERSONAL);
    }
    return new Asked(
        trail.caller().tenant(),
        asking.atEdge(request, hasImage),
        asking.regions,
        asking.dataClasses,
        request.wish().target(),
        batch);
  }

  /** An obligation without its property asks for what no target has. */
  private void add(Obligation obligation) {
    switch (obligation.type()) {
      case "keep_in_region" -> regions.add(obligation.properties().getOrDefault("region", ""));
      case "data_class" -> dataClasses.add(obligation.properties().getOrDefault("class", ""));
      // `keep_on_edge`, and whatever this switch does not know.
      default -> isKept = true;
    }
  }

  private Optional<Rejection> atEdge(AnalysisRequest request, boolean hasImage) {
    if (isKept) {
      return Optional.of(Rejection.KEEP_ON_EDGE);
    }
    if (request.place().isPresent()) {
      return Optional.of(Rejection.COLLECTION);
    }
    return hasImage ? Optional.empty() : Optional.of(Rejection.NO_IMAGE);
  }
}
