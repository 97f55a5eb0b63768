package dev.cordon.core.api.oip;

import dev.cordon.core.api.oip.InferenceResource.ModelAnswer;
import dev.cordon.core.api.oip.InferenceResource.ModelReadyAnswer;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import io.smallrye.common.annotation.Blocking;
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

/** The same at the address of a version; any but the one that answers is not there. */
@Path("/v2/models/{model}/versions/{version}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.CALLER)
@Blocking
public class InferenceVersionResource {
  private final TokenCaller token;
  private final RestModels models;

  InferenceVersionResource(TokenCaller token, RestModels models) {
    this.token = token;
    this.models = models;
  }

  /** Describes a capability in its version. */
  @GET
  public ModelAnswer model(@PathParam("model") String model, @PathParam("version") String version) {
    return models.describe(token.get(), model, version);
  }

  /** Says whether a capability answers in its version. */
  @GET
  @Path("ready")
  public ModelReadyAnswer ready(
      @PathParam("model") String model, @PathParam("version") String version) {
    return models.ready(token.get(), model, version);
  }

  /** Asks a capability in its version about one image. */
  @POST
  @Path("infer")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  public Response infer(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @HeaderParam(RestRequest.HEADER) String header,
      InputStream body,
      @Context HttpHeaders headers) {
    return models.infer(token.get(), model, version, header, body, headers);
  }
}
