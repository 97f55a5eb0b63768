package dev.cordon.core.api.oip;

import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** The Open Inference Protocol v2 over HTTP. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class InferenceResource {
  private final TokenCaller token;
  private final ModelCards cards;
  private final RestModels models;

  InferenceResource(TokenCaller token, ModelCards cards, RestModels models) {
    this.token = token;
    this.cards = cards;
    this.models = models;
  }

  /** That the host runs. */
  public record LiveAnswer(boolean live) {}

  /** That calls are answered. */
  public record ReadyAnswer(boolean ready) {}

  /** That one model answers. */
  public record ModelReadyAnswer(String name, boolean ready) {}

  /** What the server is. */
  public record ServerAnswer(String name, String version, List<String> extensions) {}

  /** What a model takes and gives. */
  public record ModelAnswer(
      String name,
      List<String> versions,
      String platform,
      List<ModelCards.Tensor> inputs,
      List<ModelCards.Tensor> outputs) {}

  /** Says that the host runs. */
  @GET
  @Path("health/live")
  @PermitAll
  public LiveAnswer live() {
    return new LiveAnswer(true);
  }

  /** Says whether calls are answered. */
  @GET
  @Path("health/ready")
  @PermitAll
  public ReadyAnswer ready() {
    if (!cards.isReady()) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "the host is not ready; see `/q/health/ready`");
    }
    return new ReadyAnswer(true);
  }

  /** Describes the server. */
  @GET
  @RolesAllowed(Role.CALLER)
  public ServerAnswer server() {
    token.get();
    return new ServerAnswer(ModelCards.NAME, cards.version(), ModelCards.EXTENSIONS);
  }

  /** Describes a capability as a model. */
  @GET
  @Path("models/{model}")
  @RolesAllowed(Role.CALLER)
  public ModelAnswer model(@PathParam("model") String model) {
    return models.describe(token.get(), model, RestModels.ANY_VERSION);
  }

  /** Says whether a capability answers. */
  @GET
  @Path("models/{model}/ready")
  @RolesAllowed(Role.CALLER)
  public ModelReadyAnswer modelReady(@PathParam("model") String model) {
    return models.ready(token.get(), model, RestModels.ANY_VERSION);
  }

  /** Asks a capability about one image. */
  @POST
  @Path("models/{model}/infer")
  @RolesAllowed(Role.CALLER)
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  public Response infer(
      @PathParam("model") String model,
      @HeaderParam(RestRequest.HEADER) String header,
      InputStream body,
      @Context HttpHeaders headers) {
    return models.infer(token.get(), model, RestModels.ANY_VERSION, header, body, headers);
  }
}
