package dev.cordon.core.api;

import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.api.Answers.DryRunAnswer;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Dry runs: what the policy would say, without an image. */
@Path("/v1/decisions")
@Blocking
public class DecisionResource {
  private final TokenCaller token;
  private final RequestReader requests;
  private final AnalysisPipeline pipeline;

  public DecisionResource(TokenCaller token, RequestReader requests, AnalysisPipeline pipeline) {
    this.token = token;
    this.requests = requests;
    this.pipeline = pipeline;
  }

  /** Decides and puts the dry run on record. */
  @POST
  @RolesAllowed({Role.CALLER, Role.POLICY_AUTHOR, Role.POLICY_APPROVER, Role.PRIVACY_OFFICER})
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public DryRunAnswer decide(byte[] body) {
    return DryRunAnswer.of(pipeline.decide(token.get(), requests.read("request", body)));
  }
}
