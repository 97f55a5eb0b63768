package dev.cordon.core.analysis;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.catalog.LentPlugin;
import dev.cordon.core.catalog.PluginStatistics;
import dev.cordon.core.collections.Visit;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.image.DecodedImage;
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
    AnalysisRequest request = admitted.trail().request();
    Route route = router.route(admitted, picture, call);
    Answer first = new Answer(route, over(route, request));
    Optional<Route> further = router.further(admitted, picture, route, first.findings(), call);
    if (further.isEmpty()) {
      return first;
    }
    try {
      Answer second = new Answer(further.get(), over(further.get(), request));
      if (!further.get().hasFailed()) {
        return second;
      }
    } catch (PluginException e) {
      // Only the target's failure leaves the edge's answer: a fault of the plugin, or a text that
      // it may not send, ends the call here as anywhere.
      if (call.isCancelled() || !further.get().hasFailed()) {
        throw e;
      }
    }
    router.stay(admitted.trail(), route, further.get());
    return first;
  }

  private List<Finding> over(Route route, AnalysisRequest request) throws PluginException {
    return visit.findings(
        route,
        gallery ->
            counted(
                new PluginAnalysis(
                    plugin.descriptor(), request, picture, route.model(), gallery, proposals)));
  }

  private List<Finding> counted(PluginAnalysis analysis) throws PluginException {
    String outcome = "host-failed";
    try {
      List<Finding> findings = plugin.plugin().analyse(analysis);
      outcome = "answered";
      return findings;
    } catch (PluginException e) {
      outcome = e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw e;
    } finally {
      statistics.count(plugin, outcome);
    }
  }
}
