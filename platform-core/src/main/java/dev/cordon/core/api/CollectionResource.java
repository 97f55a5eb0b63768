package dev.cordon.core.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.core.api.CollectionBodies.CollectionAnswer;
import dev.cordon.core.api.CollectionBodies.CollectionBody;
import dev.cordon.core.api.CollectionBodies.CollectionsAnswer;
import dev.cordon.core.api.CollectionBodies.ErasureAnswer;
import dev.cordon.core.api.CollectionBodies.ReindexAnswer;
import dev.cordon.core.collections.CollectionDesk;
import dev.cordon.core.collections.Reindexing;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Collections of images: create, read, reindex, erase. */
@Path("/v1/collections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.CALLER)
@Blocking
public class CollectionResource {
  private final TokenCaller token;
  private final RequestSchema schema;
  private final CollectionDesk desk;
  private final Reindexing reindexing;
  private final PolicyDecisionPoint policy;

  public CollectionResource(
      TokenCaller token,
      RequestSchema schema,
      CollectionDesk desk,
      Reindexing reindexing,
      PolicyDecisionPoint policy) {
    this.token = token;
    this.schema = schema;
    this.desk = desk;
    this.reindexing = reindexing;
    this.policy = policy;
  }

  /** Creates an empty collection for one purpose. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public CollectionAnswer create(byte[] body) {
    Caller caller = token.get();
    JsonNode tree = schema.read("CollectionRequest", "request", body);
    String purpose = tree.get("purpose").asText();
    if (policy
        .bundle()
        .tenant(caller.tenant())
        .filter(tenant -> tenant.purposes().containsKey(purpose))
        .isEmpty()) {
      throw Problem.at("request.purpose", Code.INVALID_REQUEST, "the tenant has no such purpose");
    }
    return CollectionAnswer.of(
        desk.create(
            caller.tenant(),
            Optional.ofNullable(tree.get("id")).map(JsonNode::asText),
            purpose,
            tree.path("area").asText("unknown")));
  }

  /** Lists the tenant's collections. */
  @GET
  public CollectionsAnswer list() {
    return CollectionsAnswer.of(desk.list(token.get().tenant()));
  }

  /** Reads one. */
  @GET
  @Path("/{id}")
  public CollectionBody read(@PathParam("id") String id) {
    return CollectionBody.of(desk.read(token.get().tenant(), known(id)));
  }

  /** Erases one with its key and all its vectors. */
  @DELETE
  @Path("/{id}")
  @RolesAllowed({Role.PRIVACY_OFFICER, Role.OPERATOR})
  public ErasureAnswer erase(@PathParam("id") String id) {
    return new ErasureAnswer(desk.erase(token.get().tenant(), known(id)));
  }

  /** Reads every vector back, and lets those of a new model answer. */
  @POST
  @Path("/{id}/reindex")
  public ReindexAnswer reindex(@PathParam("id") String id) {
    return ReindexAnswer.of(reindexing.run(token.get().tenant(), known(id)));
  }

  /** A name as collections have them; nothing else is there. */
  static String known(String id) {
    if (!id.matches(ImageCollection.NAME)) {
      throw Problem.at("id", Code.NOT_FOUND, "this tenant has no such collection");
    }
    return id;
  }
}
