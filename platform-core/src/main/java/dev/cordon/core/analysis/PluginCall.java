package dev.cordon.core.analysis;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.catalog.LentPlugin;
import dev.cordon.core.catalog.PluginStatistics;
import dev.cordon.core.collections.Visit;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.Route;
import dev.cordon.core.routing.Router;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plugin of one call, asked over its route and, in a cascade, over a further one. */
record PluginCall(
    LentPlugin plugin,
    Visit visit,
    Optional<DecodedImage> picture,
    Proposals proposals,
    PluginStatistics statistics) {
  /** What a plugin found over one route, whole. */
  record Answer(Route route, List<Finding> findings) {}

  Answer answer(Router router, Admitted admitted, Cancellation call) throws PluginException {
    Route route = router.route(admitted, picture, call);
    Optional<Answer> first = over(route, admitted, call);
    if (first.isEmpty()) {
      // The edge answers all of it: nothing is mixed of two places.
      Route home = router.home(admitted, picture, route, call);
      return new Answer(home, findings(home, admitted, call));
    }
    List<Finding> found = first.get().findings();
    Optional<Route> further = router.further(admitted, picture, route, found, call);
    if (further.isEmpty()) {
      return first.get();
    }
    Optional<Answer> second = over(further.get(), admitted, call);
    if (second.isEmpty()) {
      router.stay(admitted.trail(), route, further.get());
    }
    return second.or(() -> first).get();
  }

  /**
   * What the plugin found, or nothing where the target failed, whatever the plugin made of that. A
   * fault of the plugin, or a text that it may not send, ends the call.
   */
  private Optional<Answer> over(Route route, Admitted admitted, Cancellation call)
      throws PluginException {
    try {
      List<Finding> found = findings(route, admitted, call);
      return route.hasFailed() ? Optional.empty() : Optional.of(new Answer(route, found));
    } catch (Problem e) {
      throw e;
    } catch (PluginException | RuntimeException e) {
      if (call.isCancelled() || !route.hasFailed()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private List<Finding> findings(Route route, Admitted admitted, Cancellation call)
      throws PluginException {
    AnalysisRequest request = admitted.trail().request();
    List<Finding> found =
        visit.findings(
            route,
            gallery ->
                counted(
                    route,
                    new PluginAnalysis(
                        plugin.descriptor(), request, picture, route.model(), gallery, proposals)));
    if (call.isCancelled()) {
      // Whatever the plugin made of it.
      throw new PluginException(PluginException.Kind.CANCELLED, "the call ran out of time");
    }
    return found;
  }

  private List<Finding> counted(Route route, PluginAnalysis analysis) throws PluginException {
    String outcome = "host-failed";
    try {
      List<Finding> findings = plugin.plugin().analyse(analysis);
      outcome = "answered";
      return findings;
    } catch (PluginException e) {
      // A target's failure says nothing of the plugin, whatever it looks like to it.
      PluginException.Kind kind = route.hasFailed() ? PluginException.Kind.UNAVAILABLE : e.kind();
      outcome = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw e;
    } finally {
      statistics.count(plugin, outcome);
    }
  }
}
