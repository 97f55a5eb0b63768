package dev.cordon.core.api;

import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.release.Released;
import dev.cordon.models.onnx.Cancellation;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Asks one question about one image, whichever protocol brings it: the same reading of the request,
 * bounds, deadline, hops and leaf.
 */
@Singleton
public class AnalysisDesk {
  private final RequestReader requests;
  private final AnalysisPipeline pipeline;
  private final CordonConfig config;
  private final Deadlines deadlines;

  AnalysisDesk(
      RequestReader requests, AnalysisPipeline pipeline, CordonConfig config, Deadlines deadlines) {
    this.requests = requests;
    this.pipeline = pipeline;
    this.config = config;
    this.deadlines = deadlines;
  }

  /** What was asked, and the answer whose leaf is committed. */
  public record Asked(AnalysisRequest request, Released released) {}

  /** Asks within the host's own deadline. */
  public Asked ask(Caller caller, byte[] request, byte[] image) {
    return ask(caller, request, image, config.models().deadline());
  }

  /** As above; the caller may want to wait for less time than the host gives. */
  public Asked ask(Caller caller, byte[] request, byte[] image, Duration patience) {
    long most = config.image().maxBytes();
    if (image.length > most) {
      throw Problem.at("image", Code.TOO_LARGE, "at most " + most + " bytes are taken");
    }
    AnalysisRequest asked = requests.read("request", request);
    try (Cancellation call = deadlines.ofThisRequest(patience)) {
      return new Asked(asked, pipeline.run(caller, asked, image, call));
    }
  }
}
