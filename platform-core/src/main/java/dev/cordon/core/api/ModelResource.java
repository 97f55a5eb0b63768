package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admin.ModelDesk;
import dev.cordon.core.admin.Steward;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.Companions;
import dev.cordon.models.digest.Sha256;
import dev.cordon.models.registry.Registered;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Model packages: which there are, and what is decided about them. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.MODEL_STEWARD)
@Blocking
public class ModelResource {
  private final TokenCaller token;
  private final RequestSchema schema;
  private final ModelDesk desk;
  private final ActiveModel active;
  private final Companions companions;

  public ModelResource(
      TokenCaller token,
      RequestSchema schema,
      ModelDesk desk,
      ActiveModel active,
      Companions companions) {
    this.token = token;
    this.schema = schema;
    this.desk = desk;
    this.active = active;
    this.companions = companions;
  }

  /** All packages of the registry. */
  public record ModelsAnswer(List<ModelBody> models) {}

  /** Answer to a change. */
  public record ModelAnswer(ModelBody model, Receipt receipt) {}

  /** A package as the registry has it; the title says plainly what the model is. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ModelBody(
      String digest,
      String root,
      String id,
      String version,
      String title,
      String family,
      String task,
      String licence,
      String signer,
      String state,
      boolean serving,
      String stagedAt,
      Optional<String> decidedAt) {}

  /** Lists them, the newest first. */
  @GET
  @RolesAllowed({
    Role.CALLER,
    Role.POLICY_AUTHOR,
    Role.POLICY_APPROVER,
    Role.PRIVACY_OFFICER,
    Role.AUDITOR,
    Role.MODEL_STEWARD,
    Role.PLUGIN_STEWARD,
    Role.OPERATOR
  })
  public ModelsAnswer list() {
    token.get();
    return new ModelsAnswer(desk.list().stream().map(this::body).toList());
  }

  /** Puts a package that lies on this host up for review. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public ModelAnswer stage(byte[] body) {
    Steward steward = steward();
    return answer(
        desk.stage(steward, schema.read("StagingRequest", "request", body).get("name").asText()));
  }

  /** Lets a staged package answer. */
  @POST
  @Path("/{digest}/activation")
  public ModelAnswer activate(@PathParam("digest") String digest) {
    return answer(desk.activate(steward(), known(digest)));
  }

  /** Stops a package from answering. */
  @POST
  @Path("/{digest}/retirement")
  public ModelAnswer retire(@PathParam("digest") String digest) {
    return answer(desk.retire(steward(), known(digest)));
  }

  private Steward steward() {
    return new Steward(token.get().tenant(), token.subject());
  }

  private static String known(String digest) {
    if (!digest.matches(Sha256.FORM)) {
      throw Problem.at("digest", Code.NOT_FOUND, "a package is named by its digest");
    }
    return digest;
  }

  private ModelAnswer answer(ModelDesk.Recorded recorded) {
    return new ModelAnswer(body(recorded.entry()), recorded.receipt());
  }

  private ModelBody body(Registered entry) {
    return new ModelBody(
        entry.digest(),
        entry.root(),
        entry.id(),
        entry.version(),
        entry.title(),
        entry.family(),
        entry.task().word(),
        entry.licence(),
        entry.signer(),
        entry.state().word(),
        Stream.concat(active.serving().stream(), companions.serving().stream())
            .anyMatch(loaded -> loaded.pack().digest().equals(entry.digest())),
        entry.stagedAt().toString(),
        entry.decision().map(decided -> decided.at().toString()));
  }
}
