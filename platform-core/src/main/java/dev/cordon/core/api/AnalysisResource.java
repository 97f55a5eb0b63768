package dev.cordon.core.api;

import dev.cordon.core.api.Answers.AnalysisAnswer;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** Hop 1: a question about one image comes in, a governed answer goes out. */
@Path("/v1/analyses")
@Blocking
public class AnalysisResource {
  private final TokenCaller token;
  private final AnalysisDesk desk;
  private final CordonConfig config;

  AnalysisResource(TokenCaller token, AnalysisDesk desk, CordonConfig config) {
    this.token = token;
    this.desk = desk;
    this.config = config;
  }

  /** Answers one question. */
  @POST
  @RolesAllowed(Role.CALLER)
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Produces(MediaType.APPLICATION_JSON)
  public AnalysisAnswer analyse(InputStream body, @Context HttpHeaders headers) {
    Caller caller = token.get();
    AnalysisForm form = AnalysisForm.read(body, headers.getMediaType(), config.image().maxBytes());
    AnalysisDesk.Asked asked = desk.ask(caller, form.request(), form.image());
    return AnalysisAnswer.of(asked.request(), asked.released());
  }
}
